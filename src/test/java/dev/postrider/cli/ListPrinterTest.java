package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ListPrinterTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Counts how often it is printed. */
  private static final class Cell {

    private int printed;

    @Override
    public String toString() {
      printed++;
      return "cell";
    }
  }

  private record Numbers() implements ListPrinter.Format<Integer> {

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public List<String> head() {
      return List.of("N", "TEXT", "LAST");
    }

    @Override
    public List<Object> cells(Integer element) {
      return List.of(element, "x".repeat(element), "end");
    }

    @Override
    public Map<String, Object> json(Integer element) {
      return Map.of("n", element);
    }
  }

  @Test
  void a_table_formats_each_cell_twice_however_many_rows_it_has() {
    Table table = new Table("NAME");
    List<Cell> cells = IntStream.range(0, 20_000).mapToObj(row -> new Cell()).toList();
    cells.forEach(table::row);
    assertEquals(20_001, table.lines().size());
    assertTrue(cells.stream().allMatch(cell -> cell.printed == 2), "once measured, once printed");
  }

  @Test
  void prints_the_first_page_as_soon_as_it_is_complete() {
    ListPrinter<Integer> printer = printer("-o", "table");
    printer.add(IntStream.range(0, ListPrinter.PAGE - 1).mapToObj(row -> 1).toList());
    assertEquals("", printed());
    printer.add(List.of(1));
    assertEquals(ListPrinter.PAGE + 1, printed().lines().count());
    printer.add(List.of(1));
    assertEquals(ListPrinter.PAGE + 2, printed().lines().count());
    printer.end(Map.of());
    assertEquals(ListPrinter.PAGE + 2, printed().lines().count());
  }

  @Test
  void prints_a_wider_value_of_a_later_page_whole() {
    ListPrinter<Integer> printer = printer("-o", "table");
    printer.add(IntStream.range(0, ListPrinter.PAGE).mapToObj(row -> 1).toList());
    printer.add(List.of(12, 2));
    printer.end(Map.of());
    List<String> lines = printed().lines().toList();
    assertEquals("N  TEXT  LAST", lines.get(0));
    assertEquals("1  x     end", lines.get(1));
    assertEquals("12  xxxxxxxxxxxx  end", lines.get(lines.size() - 2));
    assertEquals("2  xx    end", lines.get(lines.size() - 1));
  }

  @Test
  void prints_the_head_of_an_empty_list() {
    printer("-o", "table").end(Map.of("more", false));
    assertEquals("N  TEXT  LAST\n", printed());
  }

  @Test
  void prints_one_JSON_document() {
    ListPrinter<Integer> printer = printer("-o", "json");
    printer.add(List.of(1, 2));
    printer.add(List.of());
    printer.add(List.of(3));
    printer.end(Map.of("more", true));
    assertEquals("{\"numbers\":[{\"n\":1},{\"n\":2},{\"n\":3}],\"more\":true}\n", printed());
  }

  @Test
  void prints_an_empty_list_as_JSON() {
    printer("-o", "json").end(Map.of());
    assertEquals("{\"numbers\":[]}\n", printed());
  }

  private ListPrinter<Integer> printer(String... arguments) {
    OutputOption option = new OutputOption();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("o", mixin(option)))
        .parseArgs(arguments);
    PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
    return new ListPrinter<>(
        new Terminal(InputStream.nullInputStream(), stream, stream, false, false),
        option,
        new Numbers());
  }

  private static CommandLine.Model.CommandSpec mixin(OutputOption option) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(option);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
