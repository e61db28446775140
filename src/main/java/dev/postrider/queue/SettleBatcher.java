package dev.postrider.queue;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import dev.postrider.timing.Backoff;
import dev.postrider.timing.Batcher;
import dev.postrider.timing.WarnLimit;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Settles mail in Redis: one script call for all mail of one queue and outcome that ended in the
 * same turn of the event loop. A settlement is repeated until Redis carries it out; a repetition
 * has no further effect. A batch that Redis refuses delays no other.
 */
public final class SettleBatcher {

  private static final Logger LOG = Logger.getLogger(SettleBatcher.class);

  /** Redis serves no other client during a script call, which takes about 20 µs per mail. */
  static final int BATCH_MAX = 100;

  /** Settlements accumulate during calls, so the next call carries more. */
  static final int CALLS_MAX = 2;

  private static final Backoff RETRY = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
  private static final Duration WARN_INTERVAL = Duration.ofSeconds(5);

  private final Context context;
  private final Link link;
  private final SettleCall settleCall;
  private final Batcher<Pending> batcher;
  private final Map<Target, Integer> failures = new HashMap<>();
  private final WarnLimit warnLimit = new WarnLimit(WARN_INTERVAL, System::nanoTime);

  /**
   * @param context the event loop this settler lives on
   * @param link pipelined connection of the same loop
   * @param consumer owner of the entries that are settled
   */
  public SettleBatcher(Context context, Link link, String consumer, QueueSettings settings) {
    this.context = context;
    this.link = link;
    this.settleCall = new SettleCall(consumer, settings);
    this.batcher =
        new Batcher<>(
            new Batcher.Limits(BATCH_MAX, CALLS_MAX),
            this::onNextTurn,
            SettleBatcher::byTarget,
            this::call);
  }

  /**
   * Emits the time the mail is due (scheduled), 1 (otherwise settled) or 0 if the entry was no
   * longer ours; never fails.
   */
  @CheckReturnValue
  public Uni<Long> settle(Settlement settlement) {
    return Uni.createFrom().emitter(emitter -> batcher.add(new Pending(settlement, emitter)));
  }

  private void onNextTurn(Runnable send) {
    context.runOnContext(turn -> send.run());
  }

  private static List<List<Pending>> byTarget(List<Pending> settlements) {
    Map<Target, List<Pending>> batches = new LinkedHashMap<>();
    for (Pending pending : settlements) {
      batches.computeIfAbsent(pending.target(), target -> new ArrayList<>()).add(pending);
    }
    return List.copyOf(batches.values());
  }

  private Uni<Response> call(List<Pending> batch) {
    return settleCall
        .call(batch.stream().map(Pending::settlement).toList())
        .run(link)
        .onFailure()
        .invoke(failure -> retryLater(batch, failure))
        .invoke(reply -> complete(batch, reply));
  }

  private void complete(List<Pending> batch, Response reply) {
    failures.remove(batch.get(0).target());
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).emitter().complete(reply.get(i).toLong());
    }
    if (reply.size() > batch.size()) {
      String failure = reply.get(batch.size()).toString();
      warnLimit.warn(more -> warnOfEvents(batch.size(), failure, more));
    }
  }

  private void retryLater(List<Pending> batch, Throwable failure) {
    if (!RedisError.of(failure).isFatal()) { // Fatal errors are logged by FatalErrors.
      warnLimit.warn(more -> warn(batch.size(), failure, more));
    }
    int inRow = failures.merge(batch.get(0).target(), 1, Integer::sum);
    Duration delay = RETRY.delay(inRow, ThreadLocalRandom.current().nextDouble());
    context.owner().setTimer(delay.toMillis(), fired -> batch.forEach(batcher::add));
  }

  private static void warn(int mails, Throwable failure, String more) {
    LOG.warnf(
        "Could not settle %d mail(s): %s%s. The result is kept and written as soon as Redis allows."
            + " If this goes on, see what Redis refuses: its memory, its disk, its rights.",
        mails, failure.getMessage(), more);
  }

  private static void warnOfEvents(int mails, String failure, String more) {
    LOG.warnf(
        "The outcomes of %d mail(s) are written, but not all of their events: %s%s. See what Redis"
            + " refuses on the keys of events and history.",
        mails, failure, more);
  }

  /** A settlement and its caller. */
  private record Pending(Settlement settlement, UniEmitter<? super Long> emitter) {

    Target target() {
      return new Target(settlement.entry().queue(), settlement.outcome());
    }
  }

  /** Mail with the same queue and outcome fits into one script call. */
  private record Target(String queue, String outcome) {}
}
