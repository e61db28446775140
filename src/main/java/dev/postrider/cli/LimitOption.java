package dev.postrider.cli;

import picocli.CommandLine.Option;

/** The option {@code --limit}: how many mails of a list are shown. */
public final class LimitOption {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most N mails; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  public int value() {
    if (limit < 0) {
      throw Exit.wrongUsage("--limit expects a number of mails, or 0 for all.");
    }
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }
}
