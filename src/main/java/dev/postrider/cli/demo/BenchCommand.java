package dev.postrider.cli.demo;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.OutputOption;
import dev.postrider.cli.WrongUsage;
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
public final class BenchCommand implements Callable<Integer> {

  private static final int ROUNDS_MAX = 100;

  private final CommandContext commandContext;

  @Mixin private DemoOptions options;
  @Mixin private OutputOption output;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Measured rounds (default: ${DEFAULT-VALUE}).")
  private int rounds;

  public BenchCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    DemoPlan plan = options.plan();
    if (rounds < 1 || rounds > ROUNDS_MAX) {
      throw new WrongUsage("--rounds is from 1 to 100.");
    }
    List<DemoRound> measured = new ArrayList<>();
    try (Demo demo = new Demo(commandContext, plan)) {
      demo.start();
      boolean exact = demo.round("warm-up").exact();
      for (int number = 1; exact && number <= rounds; number++) {
        DemoRound round = demo.round("round " + number);
        measured.add(round);
        exact = round.exact();
      }
      DemoReport report = new DemoReport(plan, measured);
      output.print(commandContext.terminal(), report.table(), report.json());
      return exact ? Exit.DONE : missing();
    }
  }

  private int missing() {
    commandContext
        .terminal()
        .note("postrider: mail is missing or came twice; see postrider doctor.");
    return Exit.FAILED;
  }
}
