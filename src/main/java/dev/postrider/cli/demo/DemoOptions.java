package dev.postrider.cli.demo;

import dev.postrider.cli.TimeArguments;
import picocli.CommandLine.Option;

/** Options of demo and bench. */
final class DemoOptions {

  @Option(
      names = "--mails",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Mails in each round (default: ${DEFAULT-VALUE}).")
  private int mails;

  @Option(
      names = "--size",
      paramLabel = "N",
      defaultValue = "4096",
      description = "Characters of text in each mail (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "64",
      description = "Mails in flight at once (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      defaultValue = "0",
      description =
          "Delay of the server's reply to a mail, such as 100ms (default: ${DEFAULT-VALUE}).")
  private String delay;

  DemoPlan plan() {
    return new DemoPlan(mails, size, inFlight, TimeArguments.delay("--delay", delay));
  }
}
