package dev.postrider.cli.demo;

import dev.postrider.cli.Exit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A worker in a second process of this program, so that its CPU time can be measured. */
final class WorkerProcess implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final int LOG_LINES = 5;

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param settings environment variables; they take precedence over those of this process
   */
  static WorkerProcess start(Map<String, String> settings) {
    try {
      Path log = Files.createTempFile("postrider-demo", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(settings);
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw Exit.failed("The worker could not be started: " + e.getMessage() + ".");
    }
  }

  /** A native program starts itself; in a JVM the packaged jar is started. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElseThrow(
                () -> Exit.failed("The system does not report the command of this process.")));
    if (System.getProperty("org.graalvm.nativeimage.imagecode") == null) {
      String jar = System.getProperty("java.class.path", "");
      if (!jar.endsWith("quarkus-run.jar")) {
        throw Exit.failed("demo and bench need the package: java -jar quarkus-run.jar demo.");
      }
      command.addAll(List.of("-jar", jar));
    }
    return command;
  }

  /** CPU time so far, in steps of 10 ms on Linux. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Fails with the last lines of its log if it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw Exit.failed("The worker has ended: " + endOfLog());
    }
  }

  private String endOfLog() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(log);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
