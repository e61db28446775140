package dev.postrider.queue;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Writes outcomes to Redis: one script call for all mail of one outcome that ended in the same turn
 * of the event loop. A settlement is retried until Redis has written it; the second time does
 * nothing. A batch that Redis refuses delays no other.
 */
public final class SettleBatcher {

  private static final Logger LOG = Logger.getLogger(SettleBatcher.class);

  /** Most mails per script call: Redis serves no other command meanwhile, about 20 µs each. */
  static final int BATCH_MAX = 100;

  /**
   * Calls in progress at once. While they run, settlements collect, so the next call carries more.
   */
  static final int CALLS_MAX = 2;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_COMPLAINTS = Duration.ofSeconds(5);

  private final Context context;
  private final Link link;
  private final SettleCall scripts;
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final Map<Batch, Duration> pauses = new HashMap<>();
  private boolean flushPlanned;
  private int calls;
  private long silentUntil = System.nanoTime();

  /**
   * @param context the event loop it lives on
   * @param link pipelined connection of the same loop
   * @param consumer who owns the entries that are settled
   */
  public SettleBatcher(Context context, Link link, String consumer, QueueSettings settings) {
    this.context = context;
    this.link = link;
    this.scripts = new SettleCall(consumer, settings);
  }

  /**
   * Emits the time the mail is due (parked), 1 (otherwise settled) or 0 when the mail was no longer
   * ours; never fails.
   */
  @CheckReturnValue
  public Uni<Long> settle(Settlement settlement) {
    return Uni.createFrom().emitter(emitter -> enqueue(new Pending(settlement, emitter)));
  }

  private void enqueue(Pending pending) {
    waiting.add(pending);
    planFlush();
  }

  private void planFlush() {
    if (!flushPlanned && calls < CALLS_MAX) {
      flushPlanned = true;
      context.runOnContext(turn -> flush());
    }
  }

  private void flush() {
    flushPlanned = false;
    takeBatches().forEach(this::call);
  }

  private Map<Batch, List<Pending>> takeBatches() {
    Map<Batch, List<Pending>> batches = new LinkedHashMap<>();
    for (int i = 0; i < BATCH_MAX && !waiting.isEmpty(); i++) {
      Pending next = waiting.poll();
      batches.computeIfAbsent(next.key(), key -> new ArrayList<>()).add(next);
    }
    return batches;
  }

  private void call(Batch key, List<Pending> batch) {
    calls++;
    scripts
        .call(batch.stream().map(Pending::settlement).toList())
        .run(link)
        .subscribe()
        .with(reply -> answered(key, batch, reply), failure -> failed(key, batch, failure));
  }

  private void answered(Batch key, List<Pending> batch, Response reply) {
    pauses.remove(key);
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).emitter().complete(reply.get(i).toLong());
    }
    if (reply.size() > batch.size()) {
      complainOfEvents(batch.size(), reply.get(batch.size()).toString());
    }
    ended();
  }

  private void failed(Batch key, List<Pending> batch, Throwable failure) {
    complain(batch.size(), failure);
    Duration pause = pauses.merge(key, FIRST_PAUSE, (before, first) -> longer(before));
    context.owner().setTimer(pause.toMillis(), fired -> again(batch));
    ended();
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private void again(List<Pending> batch) {
    waiting.addAll(batch);
    planFlush();
  }

  private void ended() {
    calls--;
    if (!waiting.isEmpty()) {
      planFlush();
    }
  }

  private void complain(int mails, Throwable failure) {
    if (!RedisError.of(failure).isFatal() && mayComplain()) { // FatalErrors logs that.
      LOG.warnf(
          "Could not settle %d mail(s): %s. The result is kept and written as soon as Redis allows."
              + " If this goes on, see what Redis refuses: its memory, its disk, its rights.",
          mails, failure.getMessage());
    }
  }

  private void complainOfEvents(int mails, String failure) {
    if (mayComplain()) {
      LOG.warnf(
          "The outcomes of %d mail(s) are written, but not all of their events: %s. See what Redis"
              + " refuses on the keys of events and history.",
          mails, failure);
    }
  }

  /** True once in a while. */
  private boolean mayComplain() {
    long now = System.nanoTime();
    boolean may = now - silentUntil >= 0;
    if (may) {
      silentUntil = now + BETWEEN_COMPLAINTS.toNanos();
    }
    return may;
  }

  /** A settlement and who waits for it. */
  private record Pending(Settlement settlement, UniEmitter<? super Long> emitter) {

    Batch key() {
      return new Batch(settlement.entry().queue(), settlement.outcome());
    }
  }

  /** Mail that fits into one script call. */
  private record Batch(String queue, String outcome) {}
}
