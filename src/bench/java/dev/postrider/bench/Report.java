package dev.postrider.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.plot.Plot;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
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
  private final Map<String, Plot> plots = new LinkedHashMap<>();

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

  /** Adds a picture; it is written beside the figures. */
  public void draw(String name, Plot plot) {
    plots.put(name, plot);
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
  }

  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
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
      json.writeEndObject();
    }
  }

  /** Writes the pictures to {@code <row>-<name>.svg}. */
  public void draw(Path directory, String row) throws IOException {
    for (Map.Entry<String, Plot> plot : plots.entrySet()) {
      Path file = directory.resolve(row + "-" + plot.getKey() + ".svg");
      Files.writeString(file, plot.getValue().svg());
    }
  }

  private static void write(JsonGenerator json, Figure figure) throws IOException {
    json.writeStartObject();
    json.writeStringField("row", figure.row());
    json.writeStringField("figure", figure.name());
    json.writeNumberField("value", figure.value());
    if (figure.goal().isPresent()) {
      Goal goal = figure.goal().get();
      json.writeNumberField(goal.floor() ? "at_least" : "at_most", goal.bound());
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
    return (goal.floor() ? "≥ " : "≤ ") + number(goal.bound());
  }

  private static String number(double value) {
    return (value >= 1_000 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f").formatted(value);
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
