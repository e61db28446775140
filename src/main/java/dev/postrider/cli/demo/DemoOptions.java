package dev.postrider.cli.demo;

import dev.postrider.cli.TimeArguments;
import picocli.CommandLine.Option;

/** Options of a trial. */
final class DemoOptions {

  @Option(
      names = "--mails",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Mails of each round (default: ${DEFAULT-VALUE}).")
  private int mails;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "4096",
      description = "Characters of each mail's text (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "64",
      description = "Mails of the worker at once (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      defaultValue = "0",
      description = "The server answers a mail so late, such as 100ms (default: ${DEFAULT-VALUE}).")
  private String delay;

  DemoPlan plan() {
    return new DemoPlan(mails, size, inFlight, TimeArguments.delay("--delay", delay));
  }
}
