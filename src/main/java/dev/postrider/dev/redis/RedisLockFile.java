package dev.postrider.dev.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What is noted beside the data of a Redis server, so that there is never a second one on it.
 *
 * @param server the server's process
 * @param port where it listens
 * @param owner the Java process that will end it
 */
public record RedisLockFile(ProcessIdentity server, int port, ProcessIdentity owner) {

  private static final String FILE = "server";
  private static final int WORDS = 5;

  /** The note of this directory; empty if there is none or nobody can read it. */
  public static Optional<RedisLockFile> in(Path directory) {
    try {
      String[] words = Files.readString(directory.resolve(FILE)).trim().split(" ");
      return words.length == WORDS ? Optional.of(parse(words)) : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Path directory) {
    String words =
        String.join(
            " ",
            Long.toString(server.pid()),
            Long.toString(server.startedAt().toEpochMilli()),
            Integer.toString(port),
            Long.toString(owner.pid()),
            Long.toString(owner.startedAt().toEpochMilli()));
    try {
      Files.writeString(directory.resolve(FILE), words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server, if it still runs and answers. */
  Optional<ProcessHandle> running() {
    return server.process().filter(process -> RedisLauncher.answers(port, process.pid()));
  }

  private static RedisLockFile parse(String[] words) {
    return new RedisLockFile(
        life(words[0], words[1]), Integer.parseInt(words[2]), life(words[3], words[4]));
  }

  private static ProcessIdentity life(String pid, String startedAt) {
    return new ProcessIdentity(
        Long.parseLong(pid), Instant.ofEpochMilli(Long.parseLong(startedAt)));
  }
}
