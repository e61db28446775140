package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Chooses what is read next: first what is pending for this consumer and not in flight, then new
 * entries. Leaves out queues that are paused or in cool-down. Every entry it emits has a slot
 * reserved.
 */
public final class EntrySource {

  private static final Logger LOG = Logger.getLogger(EntrySource.class);

  /** Most entries of one reply: it is one piece of memory and one piece of Redis's time. */
  private static final int BATCH_MAX = 200;

  /** Before the next try where nothing can be read now. */
  private static final Duration IDLE_DELAY = Duration.ofMillis(100);

  private final QueueReads reads;
  private final List<String> queues;
  private final Slots slots;
  private final EventLoop eventLoop;
  private final PausedQueues pausedQueues;
  private final QueueCooldown cooldown;
  private final PendingReplay pendingReplay;
  private final WeightedPolling weightedPolling;

  /**
   * @param weights by queue, each at least 1
   */
  EntrySource(QueueReads reads, Map<String, Integer> weights, Slots slots, EventLoop eventLoop) {
    this.reads = reads;
    this.queues = List.copyOf(weights.keySet());
    this.slots = slots;
    this.eventLoop = eventLoop;
    this.pausedQueues = new PausedQueues(reads, eventLoop::nanoTime);
    this.cooldown = new QueueCooldown(reads, eventLoop::nanoTime);
    this.pendingReplay = new PendingReplay(reads, slots, queues, eventLoop::nanoTime);
    this.weightedPolling = new WeightedPolling(reads, slots, weights, cooldown, this::idle);
  }

  /** Creates the consumer group of every queue that has none. */
  @CheckReturnValue
  Uni<Void> createGroups() {
    List<Uni<Void>> groups = queues.stream().map(reads::createGroup).toList();
    return Uni.join().all(groups).andFailFast().replaceWithVoid();
  }

  /** Slots that must be free so that every queue can be asked. */
  int wantedSlots() {
    return queues.size();
  }

  /** True if some queue probably has more than was read. */
  boolean hasMore() {
    return weightedPolling.hasMore(queues);
  }

  /** Reads this consumer's pending entries of a queue again, except those in flight. */
  void readAgain(String queue) {
    pendingReplay.start(queue);
  }

  /** True until this consumer's pending entries of a queue were all looked at. */
  boolean isReadingAgain(String queue) {
    return pendingReplay.isUnderWay(queue);
  }

  /**
   * Leaves a paused queue alone until it is resumed, then reads what is pending of it again.
   *
   * @param untried entries that were read
   */
  void pauseUntilResumed(String queue, List<Entry> untried) {
    pausedQueues.add(queue);
    readAgain(queue);
    reads
        .markUntried(queue, untried)
        .subscribe()
        .with(
            done -> LOG.tracef("%d mails of queue %s wait", untried.size(), queue),
            failure -> LOG.debugf("Not marked as untried: %s.", failure.getMessage()));
  }

  boolean isAboutOneQueue(Throwable failure) {
    return cooldown.isAboutOneQueue(failure);
  }

  /** Emits nothing if the failure is this queue's own; fails if Redis fails as a whole. */
  @CheckReturnValue
  Uni<List<Entry>> recover(String queue, Throwable failure) {
    return cooldown.recover(queue, failure);
  }

  /** The next entries, at most as many as slots are free; none if nothing came in time. */
  @CheckReturnValue
  Uni<List<Entry>> next() {
    return pausedQueues.refresh().chain(this::read);
  }

  /** What still comes when no more is read. */
  @CheckReturnValue
  Uni<List<Entry>> finish() {
    return weightedPolling.finish().map(this::withoutInFlight);
  }

  private Uni<List<Entry>> read() {
    pendingReplay.startIfNeeded();
    if (weightedPolling.hasReceived()) {
      return Uni.createFrom().item(withoutInFlight(weightedPolling.received()));
    }
    int free = Math.min(slots.free(), BATCH_MAX);
    List<String> readable = readable();
    if (free <= 0 || readable.isEmpty()) {
      return idle();
    }
    return pendingReplay
        .next(readable.stream().filter(this::hasOneReader).toList())
        .map(queue -> readPending(queue, free))
        .orElseGet(() -> weightedPolling.read(free, readable).map(this::withoutInFlight));
  }

  /**
   * An entry must reach this process by one connection at a time: by two it could come a second
   * time after it was settled.
   */
  private boolean hasOneReader(String queue) {
    return !weightedPolling.isWaiting(queue);
  }

  private Uni<List<Entry>> idle() {
    return eventLoop.delay(IDLE_DELAY).replaceWith(List.of());
  }

  private List<String> readable() {
    Set<String> absent = new HashSet<>(pausedQueues.current());
    absent.addAll(cooldown.coolingDown());
    queues.stream().filter(queue -> !reads.holdsLease(queue)).forEach(absent::add);
    return absent.isEmpty()
        ? queues
        : queues.stream().filter(queue -> !absent.contains(queue)).toList();
  }

  private Uni<List<Entry>> readPending(String queue, int free) {
    return reads
        .isPaused(queue)
        .chain(paused -> paused ? leavePaused(queue) : pendingReplay.read(queue, free))
        .onFailure(cooldown::isAboutOneQueue)
        .recoverWithUni(failure -> cooldown.recover(queue, failure));
  }

  /** To read is to start, and the death of a reader counts for what it has started. */
  private Uni<List<Entry>> leavePaused(String queue) {
    pausedQueues.add(queue);
    return Uni.createFrom().item(List.of());
  }

  /**
   * A group that was lost and created again hands out what is in flight here. Such an entry is this
   * consumer's again, and its attempt settles it; if that has happened already, it is found when
   * what is pending is read again.
   */
  private List<Entry> withoutInFlight(List<Entry> entries) {
    List<Entry> others = slots.withoutInFlight(entries);
    if (others.size() < entries.size()) {
      entries.stream().map(Entry::queue).distinct().forEach(this::readAgain);
    }
    return others;
  }
}
