package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.TimeArguments;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Options that select dead or held mail. */
final class DeadLetterFilter {

  @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue only.")
  private Optional<String> queue = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description =
          "For this reason only: invalid, refused, exhausted or poison; of held mail: unknown.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Dead or held since then only: a duration (10m, 2h) or a time (RFC 3339).")
  private Optional<String> since = Optional.empty();

  List<DeadLetterStream> streams(CommandContext context, DeadLetterStream.Kind kind) {
    return streams(context, kind, queue);
  }

  /** Those of one queue, or of all. */
  static List<DeadLetterStream> streams(
      CommandContext context, DeadLetterStream.Kind kind, Optional<String> queue) {
    return context.queuesOf(queue).stream().map(name -> new DeadLetterStream(name, kind)).toList();
  }

  Predicate<DeadLetter> predicate() {
    long from =
        since
            .map(text -> TimeArguments.past("--since", text))
            .map(Instant::toEpochMilli)
            .orElse(0L);
    return deadLetter ->
        deadLetter.at() >= from && reason.map(deadLetter.cause().reason()::equals).orElse(true);
  }
}
