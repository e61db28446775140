package dev.postrider.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps a list of the skipped tests in a directory and makes one table of it. The JVM of the unit
 * tests and that of the integration tests write into the same directory.
 */
final class SkippedTests {

  private static final Pattern MISSING =
      Pattern.compile("(?s).*?needs (\\S+), which (.+) brings.*");
  private static final String SEPARATOR = "\t";

  private final Path directory;
  private final Path file;

  /**
   * @param run name of this run of tests, such as {@code surefire}
   */
  SkippedTests(Path directory, String run) {
    this.directory = directory;
    this.file = directory.resolve(run + ".tsv");
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("No place for the list of skipped tests.", e);
    }
  }

  /** Why a test is skipped, in the form that {@link #table} knows. */
  static String reason(String program, String brings) {
    return "needs " + program + ", which " + brings + " brings";
  }

  /** Adds a test, or a class as a whole. */
  void add(String testClass, int tests, String reason) {
    Matcher missing = MISSING.matcher(reason);
    boolean known = missing.matches();
    String what = known ? missing.group(1) : "";
    String brings = known ? missing.group(2) : reason.lines().findFirst().orElse("no reason given");
    String line = String.join(SEPARATOR, what, brings, testClass, Integer.toString(tests)) + "\n";
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("A skipped test cannot be noted.", e);
    }
  }

  /** The table of all runs; empty if no test was skipped. */
  Optional<String> table() {
    Map<List<String>, Row> rows = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    lines()
        .map(line -> line.split(SEPARATOR))
        .forEach(
            field ->
                rows.computeIfAbsent(List.of(field[0], field[1]), key -> new Row())
                    .add(field[2], Integer.parseInt(field[3])));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder table = new StringBuilder("\nSkipped tests, and what would let them run\n\n");
    String form = "  %-18s %-36s %5s  %s%n";
    table.append(form.formatted("missing", "Debian package, or reason", "tests", "classes"));
    rows.forEach(
        (key, row) ->
            table.append(
                form.formatted(key.get(0), key.get(1), row.tests, String.join(", ", row.classes))));
    return Optional.of(table.toString());
  }

  private Stream<String> lines() {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path one : files.sorted().toList()) {
        lines.addAll(Files.readAllLines(one));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The skipped tests cannot be read.", e);
    }
    return lines.stream();
  }

  private static final class Row {
    private final List<String> classes = new ArrayList<>();
    private int tests;

    void add(String testClass, int more) {
      tests += more;
      if (!classes.contains(testClass)) {
        classes.add(testClass);
      }
    }
  }
}
