package dev.postrider.cli.demo;

import dev.postrider.cli.CommandFailed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** This program once more, as a worker in a process of its own, so that its cost is its own. */
final class WorkerProcess implements AutoCloseable {

  private static final Duration FAREWELL = Duration.ofSeconds(20);
  private static final int LAST_LINES = 5;

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param settings as environment variables; they win over those of this process
   */
  static WorkerProcess start(Map<String, String> settings) {
    try {
      Path log = Files.createTempFile("postrider-trial", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(settings);
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new CommandFailed("No worker could be started: " + e.getMessage() + ".");
    }
  }

  /** A native program is its own command; in a JVM it is that of the packaged jar. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(
        ProcessHandle.current()
            .info()
            .command()
            .orElseThrow(() -> new CommandFailed("This system does not say how we were started.")));
    if (System.getProperty("org.graalvm.nativeimage.imagecode") == null) {
      String jar = System.getProperty("java.class.path", "");
      if (!jar.endsWith("quarkus-run.jar")) {
        throw new CommandFailed("Trials need the package: java -jar quarkus-run.jar demo.");
      }
      command.addAll(List.of("-jar", jar));
    }
    return command;
  }

  /** Processor time so far, in steps of 10 ms on Linux. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Fails with what it said last if it has ended. */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new CommandFailed("The worker ended by itself: " + lastWords());
    }
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
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
