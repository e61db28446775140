package dev.postrider.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in columns for people: numbers to the right, words to the left, nothing cut off. */
public final class Table {

  private static final String GAP = "  ";

  private final List<String> head;
  private final List<List<Object>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  /** As many cells as the head has; a number is set to the right, with thousands apart. */
  public Table row(Object... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** One string for each line, without blanks at its end. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line(new ArrayList<>(head)));
    rows.forEach(row -> lines.add(line(row)));
    return lines;
  }

  private String line(List<Object> cells) {
    return IntStream.range(0, head.size())
        .mapToObj(column -> padded(column, cells.get(column)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private String padded(int column, Object cell) {
    String text = text(cell);
    String blanks = " ".repeat(width(column) - length(text));
    return numeric(column) ? blanks + text : text + blanks;
  }

  private boolean numeric(int column) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> row.get(column) instanceof Number);
  }

  private int width(int column) {
    List<Integer> lengths = new ArrayList<>(List.of(length(head.get(column))));
    rows.forEach(row -> lengths.add(length(text(row.get(column)))));
    return Collections.max(lengths);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String text(Object cell) {
    return cell instanceof Number number ? NumberFormat.of(number) : cell.toString();
  }
}
