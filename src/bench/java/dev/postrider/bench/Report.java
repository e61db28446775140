package dev.postrider.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.chart.Chart;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects figures; writes them as a table in Markdown for people and as JSON for programs. */
public final class Report {

  private final Instant started = Instant.now();
  private final double loadBefore = load();
  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Chart> charts = new LinkedHashMap<>();

  public void add(String row, String name, double value) {
    add(row, name, value, Optional.empty());
  }

  public void add(String row, String name, double value, Goal goal) {
    add(row, name, value, Optional.of(goal));
  }

  public void add(String row, String name, double value, Optional<Goal> goal) {
    figures.add(new Figure(row, name, value, goal));
  }

  /** Nothing was measured, and nothing was skipped for a reason. */
  boolean isEmpty() {
    return figures.isEmpty() && skipped.isEmpty();
  }

  /** Adds what explains a figure; it stands below the table. */
  public void note(String text) {
    System.out.println(text);
    notes.add(text);
  }

  /** Adds a picture; it is written beside the figures. */
  public void draw(String name, Chart chart) {
    charts.put(name, chart);
  }

  public void skip(String row, String reason) {
    skipped.put(row, reason);
  }

  public void print(PrintStream out) {
    out.printf("%nLoad of the machine: %.1f before, %.1f after.%n%n", loadBefore, load());
    out.println("| row | figure | measured | goal | met |");
    out.println("|---|---|--:|--:|---|");
    figures.forEach(figure -> out.println(line(figure)));
    skipped.forEach(
        (row, reason) -> out.println("| " + row + " | skipped: " + reason + " | | | |"));
    out.println();
    notes.forEach(note -> out.println("- " + note));
  }

  /** Writes {@code <name>.json}, {@code <name>.md} and the pictures {@code <name>-….svg}. */
  public void write(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    writeJson(directory.resolve(name + ".json"));
    try (PrintStream table =
        new PrintStream(
            Files.newOutputStream(directory.resolve(name + ".md")),
            false,
            StandardCharsets.UTF_8)) {
      print(table);
    }
    for (Map.Entry<String, Chart> chart : charts.entrySet()) {
      Path file = directory.resolve(name + "-" + chart.getKey() + ".svg");
      Files.writeString(file, chart.getValue().svg());
    }
  }

  private void writeJson(Path file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newOutputStream(file))) {
      json.useDefaultPrettyPrinter().writeStartObject();
      json.writeStringField("started", started.toString());
      json.writeStringField("java", Runtime.version().toString());
      json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
      json.writeNumberField("load_before", loadBefore);
      json.writeNumberField("load_after", load());
      json.writeArrayFieldStart("figures");
      for (Figure figure : figures) {
        write(json, figure);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("skipped");
      for (Map.Entry<String, String> row : skipped.entrySet()) {
        json.writeStringField(row.getKey(), row.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart("notes");
      for (String note : notes) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Figure figure) throws IOException {
    json.writeStartObject();
    json.writeStringField("row", figure.row());
    json.writeStringField("figure", figure.name());
    json.writeNumberField("value", figure.value());
    if (figure.goal().isPresent()) {
      Goal goal = figure.goal().get();
      json.writeNumberField(goal.isMinimum() ? "at_least" : "at_most", goal.bound());
      json.writeBooleanField("met", goal.met(figure.value()));
    }
    json.writeEndObject();
  }

  private static String line(Figure figure) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            figure.row(),
            figure.name(),
            number(figure.value()),
            figure.goal().map(Report::text).orElse(""),
            figure.met().map(met -> met ? "yes" : "**no**").orElse(""));
  }

  private static String text(Goal goal) {
    return (goal.isMinimum() ? "≥ " : "≤ ") + number(goal.bound());
  }

  private static String number(double value) {
    return (value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f").formatted(value);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
