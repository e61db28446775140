package dev.postrider.cli.demo;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.OutputOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench}: measures how fast this machine sends with its Redis and settings. */
@Command(
    name = "bench",
    description = {
      "Measures the speed on this machine: like demo, several rounds after a warm-up.",
      "The worker runs in its own process; its CPU time is shown."
    },
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

  private static final int ROUNDS_MAX = 100;

  private final CommandContext context;

  @Mixin private DemoOptions options;
  @Mixin private OutputOption output;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds to measure (default: ${DEFAULT-VALUE}).")
  private int rounds;

  public BenchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DemoPlan plan = options.plan();
    if (rounds < 1 || rounds > ROUNDS_MAX) {
      throw Exit.wrongUsage("--rounds expects a number from 1 to 100.");
    }
    List<DemoRound> measured = new ArrayList<>();
    try (Demo demo = new Demo(context, plan)) {
      demo.start();
      boolean exact = demo.round("warm-up").exact();
      for (int number = 1; exact && number <= rounds; number++) {
        DemoRound round = demo.round("round " + number);
        measured.add(round);
        exact = round.exact();
      }
      DemoReport report = new DemoReport(plan, measured);
      output.print(context.terminal(), report.table(), report.json());
      return exact ? Exit.DONE : reportInexact();
    }
  }

  private int reportInexact() {
    context
        .terminal()
        .message("postrider: mail is missing or arrived twice; see postrider doctor.");
    return Exit.FAILED;
  }
}
