package dev.postrider.dev.redis;

import dev.postrider.dev.ReloadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Redis of dev mode: one process for one directory, the same one across live reload, ended with
 * the Java process. One that a killed process left behind is taken over with its data.
 */
final class DevRedis {

  private final Path directory;

  DevRedis(Path directory) {
    this.directory = directory;
  }

  /**
   * The port it listens on, at 127.0.0.1; starts it if need be.
   *
   * @throws IllegalStateException if another living process has it
   */
  synchronized int port() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Optional<RedisLockFile> note = RedisLockFile.in(directory);
    Optional<ProcessHandle> running = note.flatMap(RedisLockFile::running);
    return running.isPresent() ? join(note.orElseThrow(), running.get()) : start();
  }

  private int join(RedisLockFile note, ProcessHandle server) {
    if (note.owner().mine()) {
      return note.port();
    }
    if (note.owner().process().isPresent()) {
      throw new IllegalStateException(
          "Another dev mode (process %d) already uses %s. Stop it, or work in a second checkout."
              .formatted(note.owner().pid(), directory));
    }
    return own(server, note.port());
  }

  private int start() {
    RedisLauncher.Running running =
        RedisLauncher.start(
            directory, 0, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction");
    return own(running.process().toHandle(), running.port());
  }

  private int own(ProcessHandle server, int port) {
    new RedisLockFile(ProcessIdentity.of(server), port, ProcessIdentity.of(ProcessHandle.current()))
        .write(directory);
    Runtime.getRuntime()
        .addShutdownHook(new RedisShutdownHook(server, ReloadState.shared().running()));
    return port;
  }
}
