package dev.postrider.redis.health;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.ClientInternals;
import dev.postrider.timing.WarnLimit;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The errors of Redis that only an operator can fix. Each is logged at once and then every 60 s; it
 * is over 10 s after its last occurrence, since commands are retried every 5 s at least. May be
 * used from any thread.
 */
@Singleton
public final class FatalErrors {

  private static final Logger LOG = Logger.getLogger(FatalErrors.class);

  private static final Duration OVER_AFTER = Duration.ofSeconds(10);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(60);

  private final LongSupplier nanoTime;
  private final Map<RedisError, Occurrence> occurrences = new ConcurrentHashMap<>();

  /** With the clock of the system. */
  public FatalErrors() {
    this(System::nanoTime);
  }

  FatalErrors(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The last occurrence of an error.
   *
   * @param reply of Redis, and the key that the command was for
   * @param at time, in ns
   */
  private record Occurrence(String reply, long at, WarnLimit limit) {}

  /** Records a failure if it is fatal. */
  public void record(Request request, Throwable failure) {
    RedisError redisError = RedisError.of(failure);
    if (redisError.isFatal()) {
      String reply = failure.getMessage() + firstKey(request);
      occurrences.compute(redisError, (same, last) -> log(redisError, last, reply));
    }
  }

  /** Why this worker is not ready; empty without a fatal error. */
  public Optional<String> reason() {
    return occurrences.entrySet().stream()
        .filter(entry -> isCurrent(entry.getValue()))
        .map(entry -> entry.getValue().reply() + ": " + entry.getKey().meaning() + ".")
        .findFirst();
  }

  private Occurrence log(RedisError redisError, Occurrence last, String reply) {
    WarnLimit limit =
        last != null && isCurrent(last) ? last.limit() : new WarnLimit(LOG_INTERVAL, nanoTime);
    limit.warn(
        more ->
            LOG.errorf(
                "Redis refuses: %s: %s. The worker is not ready.%s",
                reply, redisError.meaning(), more));
    return new Occurrence(reply, nanoTime.getAsLong(), limit);
  }

  private boolean isCurrent(Occurrence last) {
    return nanoTime.getAsLong() - last.at() < OVER_AFTER.toNanos();
  }

  private static String firstKey(Request request) {
    return ClientInternals.firstKey(request)
        .map(key -> " (" + new String(key, StandardCharsets.UTF_8) + ")")
        .orElse("");
  }
}
