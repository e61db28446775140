package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.redis.RedisError;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Skips queues that Redis refuses to read, so that the others go on: 5 s if an operator must act,
 * else 500 ms. Lives on one event loop.
 */
final class QueueCooldown {

  private static final Logger LOG = Logger.getLogger(QueueCooldown.class);

  /** Until an operator has repaired it in Redis. */
  private static final Duration FATAL_COOLDOWN = Duration.ofSeconds(5);

  /** Until a server is back or another has taken its place. */
  private static final Duration COOLDOWN = Duration.ofMillis(500);

  private final QueueReads reads;
  private final LongSupplier nanoTime;
  private final Map<String, Long> endsAt = new HashMap<>();
  private final Map<String, RedisError> lastErrors = new HashMap<>();

  /**
   * @param nanoTime a monotonic clock
   */
  QueueCooldown(QueueReads reads, LongSupplier nanoTime) {
    this.reads = reads;
    this.nanoTime = nanoTime;
  }

  /** Where queues live on separate servers, one that is gone concerns only its own queues. */
  boolean isAboutOneQueue(Throwable failure) {
    return reads.onSeparateServers() || failure instanceof ErrorType;
  }

  /** Emits nothing to send if the failure is this queue's own; fails if Redis fails as a whole. */
  @CheckReturnValue
  Uni<List<Entry>> recover(String queue, Throwable failure) {
    RedisError redisError = RedisError.of(failure);
    if (redisError == RedisError.NOGROUP) {
      return reads
          .createGroup(queue)
          .replaceWith(List.<Entry>of())
          .onFailure(this::isAboutOneQueue)
          .recoverWithItem(refusal -> start(queue, refusal));
    }
    return reads.onSeparateServers() || redisError.isFatal()
        ? Uni.createFrom().item(start(queue, failure))
        : Uni.createFrom().failure(failure);
  }

  private List<Entry> start(String queue, Throwable failure) {
    RedisError redisError = RedisError.of(failure);
    Duration cooldown = redisError.isFatal() ? FATAL_COOLDOWN : COOLDOWN;
    endsAt.put(queue, nanoTime.getAsLong() + cooldown.toNanos());
    // An error that only an operator can fix is logged where the connection notices it.
    if (redisError != lastErrors.put(queue, redisError) && !redisError.isFatal()) {
      LOG.warnf(
          "Queue %s cannot be read: %s (%s). Its mail waits; the other queues go on; it is tried"
              + " again twice a second.",
          queue, failure.getMessage(), redisError.meaning());
    }
    return List.of();
  }

  /** The queue was read: the next error of it is news. */
  void clear(String queue) {
    if (!endsAt.containsKey(queue)) {
      lastErrors.remove(queue);
    }
  }

  Set<String> coolingDown() {
    if (endsAt.isEmpty()) {
      return Set.of();
    }
    long now = nanoTime.getAsLong();
    endsAt.values().removeIf(at -> at - now <= 0);
    return Set.copyOf(endsAt.keySet());
  }
}
