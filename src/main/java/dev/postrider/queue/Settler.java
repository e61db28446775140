package dev.postrider.queue;

import dev.postrider.redis.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Writes outcomes to Redis: one script call for all mail of one outcome that ended in the same turn
 * of the event loop. A settlement is tried until Redis answers; carried out twice it does nothing
 * the second time.
 */
public final class Settler {

  private static final Logger LOG = Logger.getLogger(Settler.class);

  /** Most mails per script call: Redis serves nobody else meanwhile, about 10 µs each. */
  static final int BATCH_MAX = 200;

  /** Calls under way at once. While they run, settlements gather, so the next call carries more. */
  static final int CALLS_MAX = 4;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Context context;
  private final Link link;
  private final SettleScripts scripts;
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private boolean flushPlanned;
  private int calls;

  /**
   * @param context the event loop this settler lives on
   * @param link pipelined connection of the same loop
   * @param consumer who owns the entries that are settled
   */
  public Settler(Context context, Link link, String consumer, QueueSettings settings) {
    this.context = context;
    this.link = link;
    this.scripts = new SettleScripts(consumer, settings);
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
    takeBatches().values().forEach(this::call);
  }

  private Map<String, List<Pending>> takeBatches() {
    Map<String, List<Pending>> batches = new LinkedHashMap<>();
    for (int i = 0; i < BATCH_MAX && !waiting.isEmpty(); i++) {
      Pending next = waiting.poll();
      batches.computeIfAbsent(next.lot(), lot -> new ArrayList<>()).add(next);
    }
    return batches;
  }

  private void call(List<Pending> batch) {
    calls++;
    scripts
        .call(batch.stream().map(Pending::settlement).toList())
        .run(link)
        .onFailure()
        .invoke(failure -> complain(batch.size(), failure))
        .onFailure()
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .indefinitely()
        .subscribe()
        .with(reply -> answer(batch, reply), failure -> complain(batch.size(), failure));
  }

  private void answer(List<Pending> batch, Response reply) {
    calls--;
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).emitter().complete(reply.get(i).toLong());
    }
    if (!waiting.isEmpty()) {
      planFlush();
    }
  }

  private static void complain(int mails, Throwable failure) {
    LOG.warnf(
        "Could not settle %d mail(s): %s. The result is kept and written as soon as Redis answers.",
        mails, failure.getMessage());
  }

  /** A settlement and who waits for it. */
  private record Pending(Settlement settlement, UniEmitter<? super Long> emitter) {

    /** Mail of one lot fits into one script call. */
    String lot() {
      return settlement.entry().queue() + ' ' + settlement.outcome();
    }
  }
}
