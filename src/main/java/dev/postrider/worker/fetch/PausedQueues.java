package dev.postrider.worker.fetch;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The queues that are known to be paused. The guards find a queue paused, before any of its mail is
 * sent; here it is found resumed, within a quarter of a second. Without an answer it stays paused.
 */
final class PausedQueues {

  private static final Duration REFRESH_INTERVAL = Duration.ofMillis(250);

  private final QueueReads reads;
  private final LongSupplier nanoTime;
  private final Set<String> paused = new HashSet<>();
  private long refreshedAt;

  /**
   * @param nanoTime a monotonic clock
   */
  PausedQueues(QueueReads reads, LongSupplier nanoTime) {
    this.reads = reads;
    this.nanoTime = nanoTime;
    this.refreshedAt = nanoTime.getAsLong() - REFRESH_INTERVAL.toNanos();
  }

  Set<String> current() {
    return paused.isEmpty() ? Set.of() : Set.copyOf(paused);
  }

  void add(String queue) {
    paused.add(queue);
  }

  /** Asks whether paused queues were resumed, unless it did so just now. */
  @CheckReturnValue
  Uni<Void> refresh() {
    long now = nanoTime.getAsLong();
    if (paused.isEmpty() || now - refreshedAt < REFRESH_INTERVAL.toNanos()) {
      return Uni.createFrom().voidItem();
    }
    refreshedAt = now;
    List<Uni<Void>> answers = paused.stream().map(this::refresh).toList();
    return Uni.join().all(answers).andFailFast().replaceWithVoid();
  }

  private Uni<Void> refresh(String queue) {
    return reads
        .isPaused(queue)
        .invoke(stillPaused -> removeIfResumed(queue, stillPaused))
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }

  private void removeIfResumed(String queue, boolean stillPaused) {
    if (!stillPaused) {
      paused.remove(queue);
    }
  }
}
