package dev.postrider.worker.fetch;

import dev.postrider.redis.RedisError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Queues that Redis refuses to read: left alone for a while, so that the others go on undisturbed.
 * Lives on one event loop.
 */
final class QueueCooldown {

  private static final Logger LOG = Logger.getLogger(QueueCooldown.class);

  /** Until somebody has mended it in Redis. */
  private static final Duration LONG_STAY = Duration.ofSeconds(5);

  /** Until a server is back or another has taken its place. */
  private static final Duration SHORT_STAY = Duration.ofMillis(500);

  private final Map<String, Long> dischargeAt = new HashMap<>();
  private final Map<String, RedisError> lastComplaint = new HashMap<>();

  void admit(String queue, Throwable refusal) {
    RedisError redisError = RedisError.of(refusal);
    Duration stay = redisError.isFatal() ? LONG_STAY : SHORT_STAY;
    dischargeAt.put(queue, System.nanoTime() + stay.toNanos());
    // What a person has to mend is told where it is noticed first.
    if (redisError != lastComplaint.put(queue, redisError) && !redisError.isFatal()) {
      LOG.warnf(
          "Queue %s cannot be read: %s (%s). Its mail waits; the other queues go on; it is tried"
              + " again twice a second.",
          queue, refusal.getMessage(), redisError.meaning());
    }
  }

  /** It was read again. */
  void cured(String queue) {
    if (!dischargeAt.containsKey(queue)) {
      lastComplaint.remove(queue);
    }
  }

  Set<String> patients() {
    long now = System.nanoTime();
    dischargeAt.values().removeIf(at -> at - now <= 0);
    return Set.copyOf(dischargeAt.keySet());
  }
}
