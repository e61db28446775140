package dev.postrider.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo}: one round of real mail to a sink on this machine, and a count of what arrived. */
@Command(
    name = "demo",
    description = {
      "Sends mail through your Redis and a worker of its own to a sink on this machine,",
      "in a queue that is removed afterwards, and checks that each mail arrives exactly once.",
      "No mail leaves this machine. Exit status 1 if a mail is missing or came twice."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  private final Desk desk;

  @Mixin private TrialOptions options;
  @Mixin private OutputOption output;

  DemoCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    TrialPlan plan = options.plan();
    try (Trial trial = new Trial(desk, plan)) {
      trial.start();
      TrialRound round = trial.round("send");
      TrialReport report = new TrialReport(plan, List.of(round));
      output.print(desk.terminal(), report.table(), report.json());
      desk.terminal().note(verdict(round));
      return round.exact() ? Exit.DONE : Exit.FAILED;
    }
  }

  private static String verdict(TrialRound round) {
    return round.exact()
        ? "Each of %s mails arrived exactly once.".formatted(Figures.of(round.mails()))
        : "%s of %s mails arrived, %s came twice."
            .formatted(
                Figures.of(round.arrived()),
                Figures.of(round.mails()),
                Figures.of(round.surplus()));
  }
}
