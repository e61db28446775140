package dev.postrider.cli;

import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stats}: the number of mails in each queue, by state. */
@Command(
    name = "stats",
    description = "Shows how many mails each queue has in which state, and how many it has ended.",
    mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {

  private final CommandContext context;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "This queue only.")
  private Optional<String> queue = Optional.empty();

  @Mixin private OutputOption output;

  StatsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    QueueStatsReader reader = new QueueStatsReader(context.link(), context.prefix());
    List<QueueStats> queues = context.await(reader.read(context.queuesOf(queue)));
    output.print(
        context.terminal(),
        table(queues),
        Map.of("queues", queues.stream().map(QueueJson::json).toList()));
    return Exit.DONE;
  }

  private static Table table(List<QueueStats> queues) {
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
    queues.forEach(
        queue ->
            table.row(
                queue.queue(),
                queue.ready(),
                queue.inFlight(),
                queue.scheduled(),
                queue.overdue(),
                queue.dead(),
                queue.held(),
                queue.totals().get("sent"),
                queue.totals().get("skipped"),
                queue.totals().get("deferred"),
                queue.pause().isPresent() ? "paused" : "running"));
    return table;
  }
}
