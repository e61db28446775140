package dev.postrider.api.problem;

import java.time.Duration;

/** What is answered while Redis cannot serve: without telling more than the caller needs. */
public final class RedisUnavailableProblem {

  /** Long enough for a failover, short enough for an impatient producer. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String DETAIL =
      "Whether the request took effect is unknown. Repeat it; with an idempotency key no mail is"
          + " accepted twice.";

  private RedisUnavailableProblem() {}

  /** The refusal of whatever needed Redis. */
  public static ProblemException exception() {
    return ProblemException.retryLater(ProblemType.REDIS_DOWN, DETAIL, RETRY_AFTER);
  }
}
