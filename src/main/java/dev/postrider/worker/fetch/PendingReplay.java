package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.queue.PendingPage;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Reads again what is pending for this consumer and not in flight: a reply may have been lost, a
 * queue was paused, or the mail of another worker was reclaimed. Lives on one event loop.
 */
final class PendingReplay {

  private static final String FROM_THE_START = "0";

  /** Without a cause, as the net behind all others. */
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private final QueueReads reads;
  private final Slots slots;
  private final Collection<String> queues;
  private final LongSupplier nanoTime;
  private final Map<String, String> readUpTo = new LinkedHashMap<>();
  private long startedAt;

  /**
   * @param nanoTime a monotonic clock
   */
  PendingReplay(QueueReads reads, Slots slots, Collection<String> queues, LongSupplier nanoTime) {
    this.reads = reads;
    this.slots = slots;
    this.queues = queues;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /** Starts with the oldest pending entry of a queue. */
  void start(String queue) {
    readUpTo.put(queue, FROM_THE_START);
  }

  /** True until all was looked at. */
  boolean isUnderWay(String queue) {
    return readUpTo.containsKey(queue);
  }

  /** Starts for all queues if a connection was replaced, and at times without a cause. */
  void startIfNeeded() {
    boolean due = nanoTime.getAsLong() - startedAt > INTERVAL.toNanos();
    if (due) {
      startedAt = nanoTime.getAsLong();
    }
    if (reads.reconnected() || due) {
      queues.forEach(this::start);
    }
  }

  /** One of these queues that is not read to its end yet. */
  Optional<String> next(List<String> among) {
    return readUpTo.isEmpty()
        ? Optional.empty()
        : among.stream().filter(readUpTo::containsKey).findFirst();
  }

  /** The next pending entries of a queue that are not in flight, each with a slot reserved. */
  @CheckReturnValue
  Uni<List<Entry>> read(String queue, int count) {
    return slots.fill(count, () -> readPage(queue, count)).map(slots::withoutInFlight);
  }

  private Uni<List<Entry>> readPage(String queue, int count) {
    return reads
        .pending(queue, readUpTo.get(queue), count, !slots.hasSuspect())
        .invoke(page -> advance(queue, page.last()))
        .map(PendingPage::entries);
  }

  private void advance(String queue, String last) {
    if (last.isEmpty()) {
      readUpTo.remove(queue);
    } else {
      readUpTo.put(queue, last);
    }
  }
}
