package dev.postrider.chaos.run;

import dev.postrider.chaos.witness.ProcessStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged worker as a process of its own, to be killed, stopped and asked to leave. */
public final class PackagedWorker implements AutoCloseable {

  /** Longer than the drain time and the last beat together, on a slow machine. */
  private static final Duration LEAVE_MAX = Duration.ofSeconds(60);

  /** Small and quick to start: what it does is measured elsewhere. */
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** What it may say while it starts, and then in a second, in trouble too. */
  private static final long CALM_LINES = 60;

  private static final long LINES_PER_SECOND = 10;

  private final String name;
  private final Path log;
  private final Process process;
  private final long startedAt = System.nanoTime();

  /** A suite that is cut short must not leave workers behind. */
  private final Thread undertaker;

  private PackagedWorker(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.undertaker = new Thread(process::destroyForcibly, "undertaker-" + name);
    Runtime.getRuntime().addShutdownHook(undertaker);
  }

  /**
   * Starts a worker; it may not be ready when this returns.
   *
   * @param application directory of the packaged application
   * @param name what its consumers' names begin with
   * @param directory takes its log
   * @param settings as environment variables
   */
  static PackagedWorker start(
      Path application, String name, Path directory, Map<String, String> settings) {
    Path log = directory.resolve(name + ".log");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JVM);
    line.addAll(List.of("-jar", application.resolve("quarkus-run.jar").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(settings);
    builder.environment().put("POSTRIDER_NAME", name);
    try {
      return new PackagedWorker(name, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("The worker could not be started.", e);
    }
  }

  /** What its consumers' names begin with. */
  public String name() {
    return name;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends it without warning (SIGKILL); returns when it is gone. */
  void kill9() {
    process.destroyForcibly();
    exitCode();
  }

  /** Asks it to leave (SIGTERM). */
  public void terminate() {
    process.destroy();
  }

  /** Waits until it has left. */
  public int exitCode() {
    try {
      if (!process.waitFor(LEAVE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("Worker " + name + " did not leave: " + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while a worker was leaving.", e);
    }
  }

  /** Freezes it (SIGSTOP). */
  public void freeze() {
    signal("-STOP");
  }

  /** Lets it go on (SIGCONT). */
  public void thaw() {
    signal("-CONT");
  }

  /** All it has said so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException("The log of worker " + name + " cannot be read.", e);
    }
  }

  /** A complaint if it has said far too much. */
  List<String> chatter() {
    long lines = log().lines().count();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedAt);
    long most = CALM_LINES + LINES_PER_SECOND * seconds;
    return lines <= most
        ? List.of()
        : List.of(name + " wrote " + lines + " lines, more than " + most);
  }

  /** What it holds of the machine. */
  public ProcessStats vitals() {
    return ProcessStats.of(process.pid());
  }

  @Override
  public void close() {
    kill9();
    Runtime.getRuntime().removeShutdownHook(undertaker);
  }

  private void signal(String which) {
    try {
      Process kill = new ProcessBuilder("kill", which, Long.toString(process.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill " + which + " failed for worker " + name + ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("kill could not be run.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted.", e);
    }
  }
}
