package dev.postrider.cli.deadletter;

import dev.postrider.cli.WrongUsage;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to retry or discard: mails by their ids, or all that the filter lets through. */
final class DeadLetterSelection {

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Mails by their ids, or those of their entries.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All that the filter lets through.")
  private boolean all;

  @Option(names = "--dry-run", description = "Counts only, changes nothing.")
  private boolean dryRun;

  @Mixin private DeadLetterFilter filter;

  /** Empty if all are meant. */
  List<String> ids() {
    if (ids.isEmpty() != all) {
      throw new WrongUsage("Name mails by their ids, or say --all (with a filter if you like).");
    }
    return ids;
  }

  boolean all() {
    return all;
  }

  boolean dryRun() {
    return dryRun;
  }

  DeadLetterFilter filter() {
    return filter;
  }
}
