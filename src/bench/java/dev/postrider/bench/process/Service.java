package dev.postrider.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs beside the benchmark and ends with it, together with all that it has started.
 */
public final class Service implements AutoCloseable {

  /** Longer than a worker may take to leave in order. */
  private static final int SECONDS_TO_LEAVE = 40;

  private final Path log;
  private final Process process;

  /** A benchmark that is cut short must not leave it behind. */
  private final Thread undertaker = new Thread(this::kill, "undertaker");

  /**
   * @param directory where it runs
   * @param settings environment variables; those of the benchmark itself go before, so that any can
   *     be overruled from outside
   */
  public Service(Path directory, List<String> command, Map<String, String> settings) {
    try {
      log = Files.createTempFile("bench", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      settings.forEach(builder.environment()::putIfAbsent);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + command, e);
    }
    Runtime.getRuntime().addShutdownHook(undertaker);
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * @throws IllegalStateException with its last words if it has ended
   */
  public void mustBeAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException("It has ended: " + log());
    }
  }

  /** Where it writes what it says. */
  public Path output() {
    return log;
  }

  /** What it has said so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that is free now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port.", e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_LEAVE, TimeUnit.SECONDS)) {
        kill();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(undertaker);
    Files.delete(log);
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
