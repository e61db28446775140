package dev.postrider.cli;

import dev.postrider.queue.admin.Depths;
import dev.postrider.queue.admin.QueueView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stats}: how much each queue holds and what became of its mail. */
@Command(
    name = "stats",
    description = "Shows how much each queue holds, and what became of its mail so far.",
    mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {

  private final CommandContext commandContext;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "This queue only.")
  private Optional<String> queue = Optional.empty();

  @Mixin private OutputOption output;

  StatsCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    QueueView view = new QueueView(commandContext.link(), commandContext.prefix());
    List<Depths> all = commandContext.await(view.depths(commandContext.queuesOf(queue)));
    output.print(
        commandContext.terminal(),
        table(all),
        Map.of("queues", all.stream().map(QueueJson::json).toList()));
    return Exit.DONE;
  }

  private static Table table(List<Depths> all) {
    Table table =
        new Table(
            "QUEUE",
            "READY",
            "IN FLIGHT",
            "SCHEDULED",
            "OVERDUE",
            "DEAD",
            "HELD",
            "SENT",
            "SKIPPED",
            "DEFERRED",
            "STATE");
    all.forEach(
        one ->
            table.row(
                one.queue(),
                one.ready(),
                one.inFlight(),
                one.scheduled(),
                one.overdue(),
                one.dead(),
                one.held(),
                one.totals().get("sent"),
                one.totals().get("skipped"),
                one.totals().get("deferred"),
                one.queuePause().isPresent() ? "paused" : "running"));
    return table;
  }
}
