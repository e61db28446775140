package dev.postrider.dev.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The file beside the data of a Redis server that prevents a second server on the same data.
 *
 * @param server the server's process
 * @param port it listens on
 * @param owner the Java process that stops it
 */
public record RedisLockFile(ProcessIdentity server, int port, ProcessIdentity owner) {

  private static final String FILE = "server";
  private static final int FIELDS = 5;

  /** The lock of a directory; empty if there is none or it is malformed. */
  public static Optional<RedisLockFile> in(Path directory) {
    try {
      String[] fields = Files.readString(directory.resolve(FILE)).trim().split(" ");
      return fields.length == FIELDS ? Optional.of(parse(fields)) : Optional.empty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Path directory) {
    String fields =
        String.join(
            " ",
            Long.toString(server.pid()),
            Long.toString(server.startedAt().toEpochMilli()),
            Integer.toString(port),
            Long.toString(owner.pid()),
            Long.toString(owner.startedAt().toEpochMilli()));
    try {
      Files.writeString(directory.resolve(FILE), fields);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server, if it runs and replies. */
  Optional<ProcessHandle> running() {
    return server.process().filter(process -> RedisLauncher.replies(port, process.pid()));
  }

  private static RedisLockFile parse(String[] fields) {
    return new RedisLockFile(
        identity(fields[0], fields[1]),
        Integer.parseInt(fields[2]),
        identity(fields[3], fields[4]));
  }

  private static ProcessIdentity identity(String pid, String startedAt) {
    return new ProcessIdentity(
        Long.parseLong(pid), Instant.ofEpochMilli(Long.parseLong(startedAt)));
  }
}
