package dev.postrider.api.problem;

import dev.postrider.redis.RedisDown;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.Set;

/** Turns what failed behind the door into a refusal, without telling more than the caller needs. */
public final class Failures {

  /** Long enough for a failover, short enough for an impatient producer. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** Redis is there but cannot take writes now. */
  private static final Set<String> PASSING =
      Set.of("LOADING", "BUSY", "READONLY", "OOM", "MISCONF", "MASTERDOWN", "CLUSTERDOWN");

  private static final String UNKNOWN_WHETHER =
      "Whether the request took effect is unknown. Repeat it; with an idempotency key no mail is"
          + " accepted twice.";

  private Failures() {}

  /** True if the failure is Redis's and may pass by itself. */
  public static boolean passing(Throwable failure) {
    return failure instanceof RedisDown
        || failure instanceof ErrorType && PASSING.contains(firstWord(failure.getMessage()));
  }

  /** The refusal for a failure that passes by itself. */
  public static Refusal unavailable() {
    return Refusal.forNow(Kind.REDIS_DOWN, UNKNOWN_WHETHER, RETRY_AFTER);
  }

  private static String firstWord(String message) {
    return message == null ? "" : message.split(" ", 2)[0];
  }
}
