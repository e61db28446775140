package dev.postrider.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns for people: numbers to the right, text to the left. */
public final class Table {

  private final List<String> head;
  private final List<List<Object>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  /** As many cells as the head has; numbers get thousands separators. */
  public Table row(Object... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The head and the rows, without blanks at the ends. */
  List<String> lines() {
    Columns columns = Columns.of(head, rows);
    List<String> lines = new ArrayList<>();
    lines.add(columns.line(head));
    rows.forEach(row -> lines.add(columns.line(row)));
    return lines;
  }
}
