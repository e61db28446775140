package dev.postrider.cli;

import dev.postrider.queue.Depths;
import dev.postrider.queue.Pause;
import dev.postrider.queue.Pauser;
import dev.postrider.queue.QueueView;
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

  private final Desk desk;

  @Mixin private OutputOption output;

  QueueCommand(Desk desk) {
    this.desk = desk;
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
    QueueView view = new QueueView(desk.link(), desk.prefix());
    List<Depths> all = desk.await(view.depths(desk.queues()));
    form.print(
        desk.terminal(), table(all), Map.of("queues", all.stream().map(QueueFacts::json).toList()));
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
    String name = desk.queue(queue);
    Pauser pauser = new Pauser(desk.link(), desk.prefix());
    Pause pause =
        desk.await(pauser.pause(name, reason, length.map(text -> Moments.span("--for", text))));
    form.print(desk.terminal(), name + " rests" + until(pause), state(name, Optional.of(pause)));
    return Exit.DONE;
  }

  @Command(
      name = "resume",
      description = "Lets a queue run again; workers notice within half a second.",
      mixinStandardHelpOptions = true)
  int resume(
      @Parameters(paramLabel = "QUEUE", description = "Its name.") String queue,
      @Mixin OutputOption form) {
    String name = desk.queue(queue);
    desk.await(new Pauser(desk.link(), desk.prefix()).resume(name));
    form.print(desk.terminal(), name + " runs", state(name, Optional.empty()));
    return Exit.DONE;
  }

  private static Table table(List<Depths> all) {
    Table table = new Table("QUEUE", "STATE", "READY", "IN FLIGHT", "SCHEDULED", "UNTIL", "REASON");
    all.forEach(
        one ->
            table.row(
                one.queue(),
                one.pause().isPresent() ? "paused" : "running",
                one.ready(),
                one.inFlight(),
                one.scheduled(),
                one.pause().flatMap(Pause::until).map(Instant::toString).orElse(""),
                one.pause().map(Pause::reason).orElse("")));
    return table;
  }

  private static Map<String, Object> state(String queue, Optional<Pause> pause) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", queue);
    json.put("paused", pause.isPresent());
    json.put("pause", pause.map(QueueFacts::json).orElse(null));
    return json;
  }

  private static String until(Pause pause) {
    return pause.until().map(end -> " until " + end).orElse(" until it is resumed");
  }

  private static void refuseLongReason(String reason) {
    if (reason.length() > REASON_MAX || reason.chars().anyMatch(Character::isISOControl)) {
      throw new WrongUsage("A reason is one line of at most " + REASON_MAX + " characters.");
    }
  }
}
