package dev.postrider.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: how fast this installation is: its machine, its Redis, its settings. */
@Command(
    name = "bench",
    description = {
      "Measures this installation: like demo, in several rounds after one to warm up.",
      "Sink and worker share this machine; the worker's processor time is its own."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final int ROUNDS_MAX = 100;

  private final Desk desk;

  @Mixin private TrialOptions options;
  @Mixin private OutputOption output;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Measured rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  BenchCommand(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Integer call() {
    TrialPlan plan = options.plan();
    if (rounds < 1 || rounds > ROUNDS_MAX) {
      throw new WrongUsage("--rounds is from 1 to 100.");
    }
    List<TrialRound> measured = new ArrayList<>();
    try (Trial trial = new Trial(desk, plan)) {
      trial.start();
      boolean exact = trial.round("warm-up").exact();
      for (int number = 1; exact && number <= rounds; number++) {
        TrialRound round = trial.round("round " + number);
        measured.add(round);
        exact = round.exact();
      }
      TrialReport report = new TrialReport(plan, measured);
      output.print(desk.terminal(), report.table(), report.json());
      return exact ? Exit.DONE : missing();
    }
  }

  private int missing() {
    desk.terminal().note("postrider: mail is missing or came twice; see postrider doctor.");
    return Exit.FAILED;
  }
}
