package dev.postrider.cli;

import dev.postrider.queue.Grave;
import dev.postrider.queue.Plot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Options that choose among what lies dead or held. */
final class GraveFilter {

  @Option(names = "--queue", paramLabel = "QUEUE", description = "Of this queue only.")
  private Optional<String> queue = Optional.empty();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "For this reason only: invalid, refused, exhausted, poison, template, unknown.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Buried since then only: so long ago (10m, 2h) or a time (RFC 3339).")
  private Optional<String> since = Optional.empty();

  List<Plot> plots(Desk desk, Plot.Kind kind) {
    return desk.queuesOf(queue).stream().map(name -> new Plot(name, kind)).toList();
  }

  Predicate<Grave> predicate() {
    long from =
        since.map(text -> Moments.past("--since", text)).map(Instant::toEpochMilli).orElse(0L);
    return grave -> grave.at() >= from && reason.map(grave.cause().reason()::equals).orElse(true);
  }
}
