package dev.postrider.cli;

import picocli.CommandLine.Option;

/** The option {@code --limit}: how much of a long list is shown. */
public final class LimitOption {

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many; 0 for all (default: ${DEFAULT-VALUE}).")
  private int limit;

  public int value() {
    if (limit < 0) {
      throw new WrongUsage("--limit is 0 for all, or a number of mails.");
    }
    return limit == 0 ? Integer.MAX_VALUE : limit;
  }
}
