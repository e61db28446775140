package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.redis.RedisError;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.worker.Attempt;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Fetches mail for one engine: waits for free slots, reserves them, reads at most so many entries
 * and decodes them. What is fetched either starts at once or is put back: it stays pending in Redis
 * and is read again. Lives on one event loop.
 */
public final class Fetcher {

  private static final Logger LOG = Logger.getLogger(Fetcher.class);

  /** Entries that make a read worth its cost: each of them bears one part of it. */
  private static final int BATCH_WORTHWHILE = 50;

  /** How long free slots collect for it; less than a mail takes over the network. */
  private static final Duration COLLECT_TIMEOUT = Duration.ofMillis(2);

  /** Ten minutes after the final dot are the longest wait for one reply (RFC 5321 §4.5.3.2.6). */
  static final Duration STALLED_AFTER = Duration.ofMinutes(30);

  private final EventLoop eventLoop;
  private final Slots slots;
  private final EntrySource entrySource;
  private final Function<Entry, Attempt> decoder;
  private final PollDelay pollDelay = new PollDelay();
  private boolean closed;
  private long movedAt;

  /**
   * @param weights by queue, each at least 1
   * @param decoder turns what cannot be read into an attempt that is decided
   */
  public Fetcher(
      QueueReads reads,
      Map<String, Integer> weights,
      Slots slots,
      Function<Entry, Attempt> decoder,
      EventLoop eventLoop) {
    this.eventLoop = eventLoop;
    this.slots = slots;
    this.entrySource = new EntrySource(reads, weights, slots, eventLoop);
    this.decoder = decoder;
    this.movedAt = eventLoop.nanoTime();
  }

  /** Makes the queues ready to be read. */
  @CheckReturnValue
  public Uni<Void> prepare() {
    return entrySource.createGroups();
  }

  /** Emits the next batch, each attempt with its slot; an empty one if nothing came in time. */
  @CheckReturnValue
  public Uni<List<Attempt>> fetch() {
    return freeSlots().chain(this::read).map(this::decode);
  }

  /** Fetches no more; what was read already is still emitted. */
  public void close() {
    closed = true;
    slots.wakeNow();
  }

  /** True if this was the last batch. */
  public boolean isLast(List<Attempt> batch) {
    return closed && batch.isEmpty();
  }

  /** Goes on in the next turn of the loop, so that one read uses all slots freed in this one. */
  private Uni<Void> freeSlots() {
    return Uni.createFrom()
        .<Void>emitter(emitter -> completeOnceFree(emitter))
        .emitOn(eventLoop::inNextTurn);
  }

  /** While there is surely more to read, free slots collect for a batch that is worth a read. */
  private void completeOnceFree(UniEmitter<? super Void> emitter) {
    int least = entrySource.wantedSlots();
    int worthwhile = Math.min(BATCH_WORTHWHILE, slots.capacity() / 4);
    int enough = entrySource.hasMore() ? Math.max(least, worthwhile) : least;
    slots.onceFree(enough, () -> emitter.complete(null));
    if (least < enough && slots.free() < enough) {
      eventLoop.after(COLLECT_TIMEOUT, () -> slots.lowerTarget(least));
    }
  }

  private Uni<List<Entry>> read() {
    return closed ? entrySource.finish() : entrySource.next();
  }

  private List<Attempt> decode(List<Entry> entries) {
    movedAt = eventLoop.nanoTime();
    entries.forEach(slots::take);
    return entries.stream().map(decoder).toList();
  }

  /** Gives the slot of a settled attempt back. */
  public void release(Attempt attempt) {
    movedAt = eventLoop.nanoTime();
    slots.release(attempt.entry());
    if (attempt.entry().deliveries().isSuspect()) {
      readAgain(attempt.entry().queue()); // Others of this kind wait until it has ended.
    }
  }

  /** Reads this consumer's pending entries of a queue again, except those in flight. */
  public void readAgain(String queue) {
    entrySource.readAgain(queue);
  }

  /**
   * Gives the slot of an attempt back whose end cannot be written. Its entry stays pending, and is
   * not read again here.
   */
  public void setAside(Attempt attempt) {
    movedAt = eventLoop.nanoTime();
    slots.setAside(attempt.entry());
  }

  /** True if no slot is free and none was given back for longer than any server may take. */
  public boolean isStalled() {
    return slots.free() <= 0 && eventLoop.nanoTime() - movedAt >= STALLED_AFTER.toNanos();
  }

  /** Entries of a queue that may be taken over now; none while earlier ones still wait here. */
  public int room(String queue) {
    return entrySource.isReadingAgain(queue) ? 0 : slots.capacity();
  }

  /** Attempts that cannot start now: their entries stay pending and are read again. */
  public void putBack(List<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      readAgain(attempt.entry().queue());
      release(attempt);
    }
  }

  /** Attempts of a paused queue: their entries stay pending and are read again once it resumes. */
  public void putBackUntilResumed(String queue, List<Attempt> attempts) {
    entrySource.pauseUntilResumed(queue, attempts.stream().map(Attempt::entry).toList());
    attempts.forEach(this::release);
  }

  /** True if only this queue cannot go on. */
  public boolean isAboutOneQueue(Throwable failure) {
    return entrySource.isAboutOneQueue(failure);
  }

  /** Puts the attempts of one queue back; fails if Redis fails as a whole. */
  @CheckReturnValue
  public Uni<List<Attempt>> recover(String queue, List<Attempt> attempts, Throwable failure) {
    putBack(attempts);
    return entrySource.recover(queue, failure).replaceWith(List.of());
  }

  /** A batch got through. */
  public void succeeded() {
    pollDelay.reset();
  }

  /** Waits before the next try, longer with each failure; emits an empty batch. */
  @CheckReturnValue
  public Uni<List<Attempt>> backOff(Throwable failure) {
    boolean loggedElsewhere =
        failure instanceof RedisUnavailable || RedisError.of(failure).isFatal();
    if (pollDelay.isReset() && !loggedElsewhere) {
      LOG.warnf(
          "Mail cannot be read: %s. It waits in Redis; trying again until it can. If this goes"
              + " on, see what Redis refuses: its memory, its disk, the rights of this user.",
          failure.getMessage());
    }
    return eventLoop.delay(pollDelay.next()).replaceWith(List.of());
  }

  public int inFlight() {
    return slots.inFlight();
  }
}
