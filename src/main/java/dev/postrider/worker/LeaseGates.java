package dev.postrider.worker;

import dev.postrider.queue.consumer.SendIntents;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Makes the gate of each flight: mail that asks to be held notes its intent first, no other. */
final class LeaseGates {

  private final Predicate<String> entitled;
  private final SendIntents sendIntents;

  /**
   * @param entitled true while this worker's lease of a queue holds
   */
  LeaseGates(Predicate<String> entitled, SendIntents sendIntents) {
    this.entitled = entitled;
    this.sendIntents = sendIntents;
  }

  LeaseGate of(Attempt attempt) {
    Supplier<Uni<Boolean>> intent = () -> sendIntents.record(attempt.entry());
    String queue = attempt.entry().queue();
    return new LeaseGate(
        () -> entitled.test(queue), attempt.holds() ? Optional.of(intent) : Optional.empty());
  }
}
