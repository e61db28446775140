package dev.postrider.acceptance;

import dev.postrider.support.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The program as it was packaged, running. The system property {@code postrider.program} names one
 * that needs no JVM.
 */
final class Package implements AutoCloseable {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Program program;
  private final Process process;

  private Package(Program program, Process process) {
    this.program = program;
    this.process = process;
  }

  /**
   * @param directory for its log
   * @param settings as environment variables
   */
  static Package start(Path directory, Map<String, String> settings) {
    Optional<Path> own = Optional.ofNullable(System.getProperty("postrider.program")).map(Path::of);
    Program program = Program.at(own.map(Path::toAbsolutePath).orElse(JAVA), directory);
    settings.forEach(program::with);
    return new Package(
        program,
        own.isPresent() ? program.start() : program.start("-jar", JAR.toAbsolutePath().toString()));
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** What it has said so far. */
  String log() {
    return program.printed();
  }

  /**
   * Asks it to leave in order.
   *
   * @return its exit status
   */
  int stop(Duration bound) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("Still there after " + bound + ": " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
