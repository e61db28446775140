package dev.postrider.api.problem;

import java.time.Duration;

/** The problem of all requests that need Redis while Redis is unavailable. */
public final class RedisUnavailableProblem {

  /** A failover takes some seconds; producers should not wait much longer. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String DETAIL =
      "It is unknown whether the request took effect. Repeat it; with an idempotency key no mail is"
          + " accepted twice.";

  private RedisUnavailableProblem() {}

  public static ProblemException exception() {
    return ProblemException.retryLater(ProblemType.REDIS_DOWN, DETAIL, RETRY_AFTER);
  }
}
