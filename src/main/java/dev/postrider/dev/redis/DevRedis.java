package dev.postrider.dev.redis;

import dev.postrider.dev.ReloadState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The Redis of dev mode: one process for each directory, kept across live reload, stopped with the
 * Java process. One that a killed Java process left running is taken over with its data.
 */
final class DevRedis {

  private final Path directory;

  DevRedis(Path directory) {
    this.directory = directory;
  }

  /**
   * The port it listens on, at 127.0.0.1; starts it if necessary.
   *
   * @throws IllegalStateException if another running process has it
   */
  synchronized int port() {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Optional<RedisLockFile> lock = RedisLockFile.in(directory);
    Optional<ProcessHandle> running = lock.flatMap(RedisLockFile::running);
    return running.isPresent() ? join(lock.orElseThrow(), running.get()) : start();
  }

  private int join(RedisLockFile lock, ProcessHandle server) {
    if (lock.owner().isThisProcess()) {
      return lock.port();
    }
    if (lock.owner().process().isPresent()) {
      throw new IllegalStateException(
          "Another dev mode (process %d) already uses %s. Stop it, or work in a second checkout."
              .formatted(lock.owner().pid(), directory));
    }
    return takeOver(server, lock.port());
  }

  private int start() {
    RedisLauncher.Running running =
        RedisLauncher.start(
            directory, 0, "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction");
    return takeOver(running.process().toHandle(), running.port());
  }

  private int takeOver(ProcessHandle server, int port) {
    new RedisLockFile(ProcessIdentity.of(server), port, ProcessIdentity.of(ProcessHandle.current()))
        .write(directory);
    Runtime.getRuntime()
        .addShutdownHook(new RedisShutdownHook(server, ReloadState.shared().running()));
    return port;
  }
}
