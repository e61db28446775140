package dev.postrider.cli.demo;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.NumberFormat;
import dev.postrider.cli.OutputOption;
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
public final class DemoCommand implements Callable<Integer> {

  private final CommandContext commandContext;

  @Mixin private DemoOptions options;
  @Mixin private OutputOption output;

  public DemoCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    DemoPlan plan = options.plan();
    try (Demo demo = new Demo(commandContext, plan)) {
      demo.start();
      DemoRound round = demo.round("send");
      DemoReport report = new DemoReport(plan, List.of(round));
      output.print(commandContext.terminal(), report.table(), report.json());
      commandContext.terminal().note(verdict(round));
      return round.exact() ? Exit.DONE : Exit.FAILED;
    }
  }

  private static String verdict(DemoRound round) {
    return round.exact()
        ? "Each of %s mails arrived exactly once.".formatted(NumberFormat.of(round.mails()))
        : "%s of %s mails arrived, %s came twice."
            .formatted(
                NumberFormat.of(round.arrived()),
                NumberFormat.of(round.mails()),
                NumberFormat.of(round.surplus()));
  }
}
