package dev.postrider.cli;

import dev.postrider.queue.admin.QueuePause;
import dev.postrider.queue.admin.QueuePauses;
import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code queue}: lists queues, pauses and resumes queue. */
@Command(
    name = "queue",
    description = "Lists the queues; pauses or resumes one, for all workers.",
    mixinStandardHelpOptions = true)
final class QueueCommand implements Runnable {

  private final CommandContext context;

  @Mixin private OutputOption output;

  QueueCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    list(output);
  }

  @Command(
      name = "list",
      description = "Lists the queues; the default.",
      mixinStandardHelpOptions = true)
  int list(@Mixin OutputOption option) {
    QueueStatsReader reader = new QueueStatsReader(context.link(), context.prefix());
    List<QueueStats> queues = context.await(reader.read(context.queues()));
    option.print(
        context.terminal(),
        table(queues),
        Map.of("queues", queues.stream().map(QueueJson::json).toList()));
    return Exit.DONE;
  }

  @Command(
      name = "pause",
      description = {
        "Pauses a queue: mail in flight is sent, new mail is accepted and waits.",
        "Replaces an earlier pause of the queue."
      },
      mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String queue,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              description = "Ends after 10m, 2h, 1d or an ISO 8601 duration.")
          Optional<String> duration,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Shown with the pause, at most 200 characters.")
          String reason,
      @Mixin OutputOption option) {
    refuseLongReason(reason);
    String name = context.queue(queue);
    QueuePauses queuePauses = new QueuePauses(context.link(), context.prefix());
    QueuePause queuePause =
        context.await(
            queuePauses.pause(
                name, reason, duration.map(text -> TimeArguments.duration("--for", text))));
    option.print(
        context.terminal(),
        name + " is paused" + until(queuePause),
        state(name, Optional.of(queuePause)));
    return Exit.DONE;
  }

  @Command(
      name = "resume",
      description = "Resumes a queue; workers notice within half a second.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String queue,
      @Mixin OutputOption option) {
    String name = context.queue(queue);
    context.await(new QueuePauses(context.link(), context.prefix()).resume(name));
    option.print(context.terminal(), name + " is running", state(name, Optional.empty()));
    return Exit.DONE;
  }

  private static Table table(List<QueueStats> queues) {
    Table table = new Table("QUEUE", "STATE", "READY", "IN FLIGHT", "SCHEDULED", "UNTIL", "REASON");
    queues.forEach(
        queue ->
            table.row(
                queue.queue(),
                queue.pause().isPresent() ? "paused" : "running",
                queue.ready(),
                queue.inFlight(),
                queue.scheduled(),
                queue.pause().flatMap(QueuePause::until).map(Instant::toString).orElse(""),
                queue.pause().map(QueuePause::reason).orElse("")));
    return table;
  }

  private static Map<String, Object> state(String queue, Optional<QueuePause> queuePause) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", queue);
    json.put("paused", queuePause.isPresent());
    json.put("pause", queuePause.map(QueueJson::json).orElse(null));
    return json;
  }

  private static String until(QueuePause queuePause) {
    return queuePause.until().map(end -> " until " + end).orElse(" until it is resumed");
  }

  private static void refuseLongReason(String reason) {
    if (!QueuePause.isReason(reason)) {
      throw Exit.wrongUsage(
          "A reason is one line of at most %d characters.".formatted(QueuePause.REASON_MAX));
    }
  }
}
