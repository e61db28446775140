package dev.postrider.cli;

import dev.postrider.event.Event;
import dev.postrider.event.EventCursor;
import dev.postrider.event.EventJson;
import dev.postrider.event.EventReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tail}: shows events as they happen. */
@Command(
    name = "tail",
    description = {
      "Shows events (sent, deferred, dead, …) as they happen, until Ctrl-C.",
      "With -o json each event is one line of JSON. No addresses, no content."
    },
    mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

  /** Of one blocking read; after it the command notices that its output is closed. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

  private static final int BATCH_MAX = 1_000;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final CommandContext context;

  @Option(names = "--queue", paramLabel = "QUEUE", description = "This queue only.")
  private Optional<String> queue = Optional.empty();

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "These types only: sent, skipped, deferred, dead, held, scheduled, …")
  private List<String> types = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Starts in the past: a duration (10m, 2h) or a time (RFC 3339).")
  private Optional<String> since = Optional.empty();

  @Option(names = "--no-follow", description = "Ends after the newest event.")
  private boolean noFollow;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "Ends after N events.")
  private long count = Long.MAX_VALUE;

  @Mixin private OutputOption output;

  private String lastMessage = "";

  TailCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    EventReader reader =
        new EventReader(context.link(), context.prefix(), context.redis().isCluster());
    EventCursor cursor = start(reader, context.queuesOf(queue));
    Duration timeout = noFollow ? Duration.ZERO : READ_TIMEOUT;
    long shown = 0;
    while (shown < count && !context.terminal().out().checkError()) {
      List<Event> events = next(reader, cursor, timeout);
      if (events.isEmpty() && noFollow) {
        break;
      }
      for (Event event : events) {
        cursor = cursor.advance(event);
        shown += shown < count && isWanted(event) ? show(event) : 0;
      }
    }
    return Exit.DONE;
  }

  /** Waits for the end of an outage when it follows; no event is lost meanwhile. */
  private List<Event> next(EventReader reader, EventCursor cursor, Duration timeout) {
    while (true) {
      try {
        return context.await(reader.after(cursor, BATCH_MAX, timeout));
      } catch (Exit down) {
        if (noFollow) {
          throw down;
        }
        report(down);
        LockSupport.parkNanos(RETRY_DELAY.toNanos());
      }
    }
  }

  private void report(Exit down) {
    if (!down.getMessage().equals(lastMessage)) {
      lastMessage = down.getMessage();
      context.terminal().message("postrider: %s Trying again.".formatted(lastMessage));
    }
  }

  private EventCursor start(EventReader reader, List<String> queues) {
    if (since.isPresent()) {
      return EventCursor.before(queues, TimeArguments.past("--since", since.get()).toEpochMilli());
    }
    return noFollow ? EventCursor.beginning(queues) : context.await(reader.end(queues));
  }

  private boolean isWanted(Event event) {
    return types.isEmpty() || types.contains(event.type());
  }

  private int show(Event event) {
    context.terminal().print(output.json() ? new EventJson().write(event) : EventLine.of(event));
    return 1;
  }
}
