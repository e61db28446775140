package dev.postrider.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** The option {@code -o}: a table or JSON. */
public final class OutputOption {

  /** The table may change with any version, the JSON may not. */
  enum Format {
    TABLE,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How to print: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  public boolean json() {
    return format == Format.JSON;
  }

  /** Prints a result in the chosen format. */
  public void print(Terminal terminal, Table table, Object json) {
    if (json()) {
      terminal.print(JsonText.of(json));
    } else {
      terminal.print(String.join("\n", table.lines()));
    }
  }

  /** Prints a result that is one sentence or JSON. */
  public void print(Terminal terminal, String sentence, Object json) {
    terminal.print(json() ? JsonText.of(json) : sentence);
  }
}
