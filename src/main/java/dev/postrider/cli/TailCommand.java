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

/** {@code tail}: shows what becomes of mail, as it happens. */
@Command(
    name = "tail",
    description = {
      "Shows what becomes of mail as it happens, until Ctrl-C.",
      "With -o json each event is one line of JSON. No addresses, no content."
    },
    mixinStandardHelpOptions = true)
final class TailCommand implements Callable<Integer> {

  /** One read waits so long; a program that reads us and left is noticed as soon. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int BATCH_MAX = 1_000;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final CommandContext commandContext;

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
      description = "Begins so long ago (10m, 2h) or at a time (RFC 3339), as far as it is kept.")
  private Optional<String> since = Optional.empty();

  @Option(names = "--no-follow", description = "Ends once everything up to now was shown.")
  private boolean noFollow;

  @Option(
      names = {"-n", "--count"},
      paramLabel = "N",
      description = "Ends after so many events.")
  private long count = Long.MAX_VALUE;

  @Mixin private OutputOption output;

  private String complained = "";

  TailCommand(CommandContext commandContext) {
    this.commandContext = commandContext;
  }

  @Override
  public Integer call() {
    EventReader reader =
        new EventReader(
            commandContext.link(), commandContext.prefix(), commandContext.redis().isCluster());
    EventCursor places = start(reader, commandContext.queuesOf(queue));
    Duration patience = noFollow ? Duration.ZERO : PATIENCE;
    long shown = 0;
    while (shown < count && !commandContext.terminal().out().checkError()) {
      List<Event> events = next(reader, places, patience);
      if (events.isEmpty() && noFollow) {
        break;
      }
      for (Event event : events) {
        places = places.advance(event);
        shown += shown < count && wanted(event) ? show(event) : 0;
      }
    }
    return Exit.DONE;
  }

  /** One who follows wants to see what comes after an outage, too; nothing of it is missed. */
  private List<Event> next(EventReader reader, EventCursor places, Duration patience) {
    while (true) {
      try {
        return commandContext.await(reader.after(places, BATCH_MAX, patience));
      } catch (CommandFailed down) {
        if (noFollow) {
          throw down;
        }
        complain(down);
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  private void complain(CommandFailed down) {
    if (!down.getMessage().equals(complained)) {
      complained = down.getMessage();
      commandContext.terminal().note("postrider: %s It is tried again.".formatted(complained));
    }
  }

  private EventCursor start(EventReader reader, List<String> queues) {
    if (since.isPresent()) {
      return EventCursor.before(queues, TimeArguments.past("--since", since.get()).toEpochMilli());
    }
    return noFollow ? EventCursor.beginning(queues) : commandContext.await(reader.end(queues));
  }

  private boolean wanted(Event event) {
    return types.isEmpty() || types.contains(event.type());
  }

  private int show(Event event) {
    commandContext
        .terminal()
        .print(output.json() ? new EventJson().write(event) : EventLine.of(event));
    return 1;
  }
}
