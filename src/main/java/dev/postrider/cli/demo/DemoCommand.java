package dev.postrider.cli.demo;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.NumberFormat;
import dev.postrider.cli.OutputOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code demo}: sends real mail to an SMTP server in this process and counts what arrives. */
@Command(
    name = "demo",
    description = {
      "Sends mail through your Redis and a new worker to an SMTP server in this process,",
      "in a queue that is removed afterwards; checks that each mail arrives exactly once.",
      "No mail leaves this machine. Exit status 1 if a mail is missing or arrives twice."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

  private final CommandContext context;

  @Mixin private DemoOptions options;
  @Mixin private OutputOption output;

  public DemoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    DemoPlan plan = options.plan();
    try (Demo demo = new Demo(context, plan)) {
      demo.start();
      DemoRound round = demo.round("send");
      DemoReport report = new DemoReport(plan, List.of(round));
      output.print(context.terminal(), report.table(), report.json());
      context.terminal().message(sentence(round));
      return round.exact() ? Exit.DONE : Exit.FAILED;
    }
  }

  private static String sentence(DemoRound round) {
    return round.exact()
        ? "Each of %s mails arrived exactly once.".formatted(NumberFormat.of(round.mails()))
        : "%s of %s mails arrived, %s arrived twice."
            .formatted(
                NumberFormat.of(round.arrived()),
                NumberFormat.of(round.mails()),
                NumberFormat.of(round.surplus()));
  }
}
