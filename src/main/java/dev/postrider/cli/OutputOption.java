package dev.postrider.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The option {@code -o}: in which form a result is printed. */
public final class OutputOption {

  /** A table for people may change with any version, JSON for programs does not. */
  enum Form {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Form form;

  public boolean json() {
    return form == Form.JSON;
  }

  /** Prints a result in the form that was asked for. */
  public void print(Terminal terminal, Table table, Object json) {
    if (json()) {
      terminal.print(JsonText.of(json));
    } else {
      table.lines().forEach(terminal::print);
    }
  }

  /** Prints a result that is one sentence for people. */
  public void print(Terminal terminal, String sentence, Object json) {
    terminal.print(json() ? JsonText.of(json) : sentence);
  }
}
