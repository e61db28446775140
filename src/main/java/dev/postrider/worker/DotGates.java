package dev.postrider.worker;

import dev.postrider.queue.Intents;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes the gate of each flight: mail that asks to be held notes its intent first, no other. */
final class DotGates {

  private final Predicate<String> entitled;
  private final Intents intents;

  /**
   * @param entitled true while this worker's lease of a queue holds
   */
  DotGates(Predicate<String> entitled, Intents intents) {
    this.entitled = entitled;
    this.intents = intents;
  }

  DotGate of(Flight flight) {
    Supplier<Uni<Boolean>> intent = () -> intents.note(flight.entry());
    String queue = flight.entry().queue();
    return new DotGate(
        () -> entitled.test(queue), flight.holds() ? Optional.of(intent) : Optional.empty());
  }
}
