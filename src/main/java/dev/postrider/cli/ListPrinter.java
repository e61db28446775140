package dev.postrider.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Prints a list of any length while it is read: as a table whose column widths come from its first
 * page, or as one JSON document. Never holds more than a page.
 */
public final class ListPrinter<T> {

  /** Rows that determine the widths of the columns. */
  static final int PAGE = 500;

  private final Terminal terminal;
  private final boolean json;
  private final Format<T> format;
  private final List<List<Object>> firstPage = new ArrayList<>();
  private Columns columns;
  private long printed;

  /** How one element of the list is printed. */
  public interface Format<T> {

    /** Name of the list in JSON. */
    String name();

    /** The head of the table. */
    List<String> head();

    /** One for each column of the head. */
    List<Object> cells(T element);

    Map<String, Object> json(T element);
  }

  public ListPrinter(Terminal terminal, OutputOption output, Format<T> format) {
    this.terminal = terminal;
    this.json = output.json();
    this.format = format;
  }

  /**
   * Prints the next elements.
   *
   * @return false if nothing reads the output any more
   */
  public boolean add(List<T> elements) {
    if (json) {
      elements.forEach(this::addJson);
    } else if (columns != null) {
      elements.forEach(element -> addLine(format.cells(element)));
    } else {
      elements.forEach(element -> firstPage.add(format.cells(element)));
      if (firstPage.size() >= PAGE) {
        printFirstPage();
      }
    }
    return !terminal.out().checkError();
  }

  /**
   * Prints what remains.
   *
   * @param members that follow the list in JSON
   */
  public void end(Map<String, Object> members) {
    if (json) {
      terminal.out().print(printed == 0 ? "{" + JsonText.of(format.name()) + ":[" : "");
      String following = JsonText.of(members);
      terminal.print("]" + (members.isEmpty() ? "}" : "," + following.substring(1)));
    } else if (columns == null) {
      printFirstPage();
    }
    terminal.out().flush();
  }

  private void addJson(T element) {
    terminal.out().print(printed++ == 0 ? "{" + JsonText.of(format.name()) + ":[" : ",");
    terminal.out().print(JsonText.of(format.json(element)));
  }

  private void printFirstPage() {
    columns = Columns.of(format.head(), firstPage);
    addLine(format.head());
    firstPage.forEach(this::addLine);
    firstPage.clear();
  }

  private void addLine(List<?> cells) {
    terminal.out().print(columns.line(cells));
    terminal.out().print('\n');
  }
}
