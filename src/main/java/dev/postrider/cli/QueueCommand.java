package dev.postrider.cli;

import dev.postrider.queue.admin.Depths;
import dev.postrider.queue.admin.QueuePause;
import dev.postrider.queue.admin.QueuePauses;
import dev.postrider.queue.admin.QueueView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code queue}: lists the queues, lets one rest, lets it run again. */
@Command(
    name = "queue",
    description = "Lists the queues; lets one rest or run again, for all workers at once.",
    mixinStandardHelpOptions = true)
final class QueueCommand implements Runnable {

  private static final int REASON_MAX = 200;

  private final CommandContext commandContext;

  @Mixin private OutputOption output;

  QueueCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public void run() {
    list(output);
  }

  @Command(
      name = "list",
      description = "Lists the queues: the same as no sub-command.",
      mixinStandardHelpOptions = true)
  int list(@Mixin OutputOption form) {
    QueueView view = new QueueView(commandContext.link(), commandContext.prefix());
    List<Depths> all = commandContext.await(view.depths(commandContext.queues()));
    form.print(
        commandContext.terminal(),
        table(all),
        Map.of("queues", all.stream().map(QueueJson::json).toList()));
    return Exit.DONE;
  }

  @Command(
      name = "pause",
      description = {
        "Lets a queue rest: mail in flight goes on, new mail is accepted and waits.",
        "A pause that holds already is replaced."
      },
      mixinStandardHelpOptions = true)
  int pause(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String queue,
      @Option(
              names = "--for",
              paramLabel = "TIME",
              description = "It ends by itself after 10m, 2h, 1d or an ISO 8601 duration.")
          Optional<String> length,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What others read about it, at most 200 characters.")
          String reason,
      @Mixin OutputOption form) {
    refuseLongReason(reason);
    String name = commandContext.queue(queue);
    QueuePauses queuePauses = new QueuePauses(commandContext.link(), commandContext.prefix());
    QueuePause queuePause =
        commandContext.await(
            queuePauses.pause(name, reason, length.map(text -> TimeArguments.span("--for", text))));
    form.print(
        commandContext.terminal(),
        name + " rests" + until(queuePause),
        state(name, Optional.of(queuePause)));
    return Exit.DONE;
  }

  @Command(
      name = "resume",
      description = "Lets a queue run again; workers notice within half a second.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String queue,
      @Mixin OutputOption form) {
    String name = commandContext.queue(queue);
    commandContext.await(
        new QueuePauses(commandContext.link(), commandContext.prefix()).resume(name));
    form.print(commandContext.terminal(), name + " runs", state(name, Optional.empty()));
    return Exit.DONE;
  }

  private static Table table(List<Depths> all) {
    Table table = new Table("QUEUE", "STATE", "READY", "IN FLIGHT", "SCHEDULED", "UNTIL", "REASON");
    all.forEach(
        one ->
            table.row(
                one.queue(),
                one.queuePause().isPresent() ? "paused" : "running",
                one.ready(),
                one.inFlight(),
                one.scheduled(),
                one.queuePause().flatMap(QueuePause::until).map(Instant::toString).orElse(""),
                one.queuePause().map(QueuePause::reason).orElse("")));
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
    if (reason.length() > REASON_MAX || reason.chars().anyMatch(Character::isISOControl)) {
      throw new WrongUsage("A reason is one line of at most " + REASON_MAX + " characters.");
    }
  }
}
