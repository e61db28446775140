package dev.postrider.cli.deadletter;

import dev.postrider.cli.Exit;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which mail to retry or discard: some by their ids, or all that match a filter. */
final class DeadLetterSelection {

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of mails or of their entries.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All that match the filter.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only counts, changes nothing.")
  private boolean dryRun;

  @Mixin private DeadLetterFilter filter;

  /** Empty if all mail is selected. */
  List<String> ids() {
    if (ids.isEmpty() != all) {
      throw Exit.wrongUsage("Give the ids of mails, or --all with or without a filter.");
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
