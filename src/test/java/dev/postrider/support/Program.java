package dev.postrider.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A foreign program, run in a directory for a bounded time. A test without it is skipped. */
public final class Program {

  private final Path program;
  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Path input = Path.of("/dev/null");

  private Program(Path program, Path directory) {
    this.program = program;
    this.directory = directory;
  }

  /** Where a program is installed, if it is. */
  public static Optional<Path> find(String name) {
    return ForeignPrograms.find(name);
  }

  /**
   * A program that the test cannot do without; where it is missing, the test is skipped.
   *
   * @param directory in which it runs
   */
  public static Program needed(String name, Path directory) {
    return new Program(ForeignPrograms.needed(name), directory);
  }

  /** A program whose place is known. */
  public static Program at(Path program, Path directory) {
    return new Program(program, directory);
  }

  /** Where it is. */
  public Path path() {
    return program;
  }

  /** Gives it a file as its standard input; without one it has none. */
  public Program reading(Path file) {
    input = file;
    return this;
  }

  /** Adds a variable to those that the test has. */
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Skips the test unless the program ends well: it asks whether a library is there, which is named
   * as in {@link ForeignPrograms}.
   */
  public Program onlyIfItSucceeds(String library, Duration bound, String... arguments) {
    if (end(started(arguments), bound) != 0) {
      ForeignPrograms.skip(library);
    }
    return this;
  }

  /**
   * Runs it to its end, which must come in time and be a success.
   *
   * @return what it printed, errors included
   */
  public String run(Duration bound, String... arguments) {
    int status = end(started(arguments), bound);
    String printed = printed();
    assertEquals(0, status, program + " failed: " + printed);
    return printed;
  }

  /** Starts it; the caller ends it. What it prints is in the directory. */
  public Process start(String... arguments) {
    return started(arguments);
  }

  /** What it has printed so far. */
  public String printed() {
    try {
      return Files.readString(output(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("No output of " + program + ".", e);
    }
  }

  private Process started(String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList())
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(program + " could not be started.", e);
    }
  }

  private Path output() {
    return directory.resolve(program.getFileName() + ".log");
  }

  private int end(Process process, Duration bound) {
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(program + " did not end within " + bound + ": " + printed());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + program + " ran.", e);
    }
  }
}
