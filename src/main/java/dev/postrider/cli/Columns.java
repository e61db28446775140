package dev.postrider.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The widths and alignments of a table, computed once from its first rows. A later value that is
 * wider moves the rest of its line to the right; nothing is cut off.
 *
 * @param columns in their order
 */
record Columns(List<Column> columns) {

  private static final String GAP = "  ";

  private record Column(int width, boolean numeric) {

    private static Column of(int index, String head, List<List<Object>> rows) {
      int width = rows.stream().mapToInt(row -> length(text(row.get(index)))).max().orElse(0);
      boolean numeric =
          !rows.isEmpty() && rows.stream().allMatch(row -> row.get(index) instanceof Number);
      return new Column(Math.max(width, length(head)), numeric);
    }

    private String pad(Object cell) {
      String text = text(cell);
      String blanks = " ".repeat(Math.max(0, width - length(text)));
      return numeric ? blanks + text : text + blanks;
    }
  }

  static Columns of(List<String> head, List<List<Object>> rows) {
    return new Columns(
        IntStream.range(0, head.size())
            .mapToObj(index -> Column.of(index, head.get(index), rows))
            .toList());
  }

  /** One line, without blanks at its end. */
  String line(List<?> cells) {
    return IntStream.range(0, columns.size())
        .mapToObj(index -> columns.get(index).pad(cells.get(index)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String text(Object cell) {
    return cell instanceof Number number ? NumberFormat.of(number) : cell.toString();
  }
}
