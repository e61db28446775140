package dev.postrider.chaos.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all results of a run, on the console and in {@code target/chaos/results.md}. */
public final class Report {

  private static final Path FILE = Path.of("target", "chaos", "results.md");

  private final List<Result> results = new ArrayList<>();

  /**
   * Writes the whole table again with each result: a long run that is cut short leaves what it has.
   */
  public void add(Result result) {
    results.add(result);
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, table());
    } catch (IOException e) {
      throw new UncheckedIOException("The results could not be written.", e);
    }
  }

  public void print(Scale scale) {
    System.out.println("Chaos, " + scale + ":\n" + table());
  }

  private String table() {
    return Result.HEAD
        + results.stream().map(Result::row).collect(Collectors.joining())
        + results.stream().flatMap(Report::remarks).collect(Collectors.joining("", "\n", ""));
  }

  private static Stream<String> remarks(Result result) {
    return result.remarks().stream()
        .map(remark -> "- *%s*: %s.%n".formatted(result.scenario().name(), remark));
  }
}
