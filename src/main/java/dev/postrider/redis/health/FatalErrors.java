package dev.postrider.redis.health;

import dev.postrider.redis.RedisError;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Errors that only an operator can repair. Each is logged at once and every 60 s while it lasts; it
 * is over 10 s after it was last seen, since each affected command is retried at least every 5 s.
 */
@Singleton
public final class FatalErrors {

  private static final Logger LOG = Logger.getLogger(FatalErrors.class);

  private static final Duration OVER_AFTER = Duration.ofSeconds(10);
  private static final Duration REMINDER_INTERVAL = Duration.ofSeconds(60);

  private final Map<RedisError, Occurrence> occurrences = new ConcurrentHashMap<>();

  /**
   * One error.
   *
   * @param reply of Redis, and the key
   * @param seenAt last, {@link System#nanoTime()}
   * @param loggedAt last, likewise
   */
  private record Occurrence(String reply, long seenAt, long loggedAt) {

    boolean lasts(long now) {
      return now - seenAt < OVER_AFTER.toNanos();
    }
  }

  /** Records a failure that an operator has to repair; may be called from any thread. */
  public void record(Request request, Throwable failure) {
    RedisError redisError = RedisError.of(failure);
    if (redisError.isFatal()) {
      String reply = failure.getMessage() + firstKey(request);
      occurrences.compute(redisError, (same, before) -> seen(redisError, before, reply));
    }
  }

  /** The reason why this worker is not ready, for people; empty if there is none. */
  public Optional<String> reason() {
    long now = System.nanoTime();
    return occurrences.entrySet().stream()
        .filter(entry -> entry.getValue().lasts(now))
        .map(entry -> entry.getValue().reply() + ": " + entry.getKey().meaning() + ".")
        .findFirst();
  }

  private static Occurrence seen(RedisError redisError, Occurrence before, String reply) {
    long now = System.nanoTime();
    boolean known = before != null && before.lasts(now);
    if (known && now - before.loggedAt() < REMINDER_INTERVAL.toNanos()) {
      return new Occurrence(before.reply(), now, before.loggedAt());
    }
    LOG.errorf(
        "Redis refuses: %s: %s. The worker is not ready meanwhile.", reply, redisError.meaning());
    return new Occurrence(reply, now, now);
  }

  private static String firstKey(Request request) {
    List<byte[]> keys = ((RequestImpl) request).keys();
    return keys.isEmpty() ? "" : " (" + new String(keys.get(0), StandardCharsets.UTF_8) + ")";
  }
}
