package dev.postrider.api.problem;

import java.time.Duration;

/** What is answered while Redis cannot serve: without telling more than the caller needs. */
public final class RedisUnavailableProblem {

  /** Long enough for a failover, short enough for an impatient producer. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private static final String UNKNOWN_WHETHER =
      "Whether the request took effect is unknown. Repeat it; with an idempotency key no mail is"
          + " accepted twice.";

  private RedisUnavailableProblem() {}

  /** The refusal of whatever needed Redis. */
  public static ProblemException refusal() {
    return ProblemException.forNow(ProblemType.REDIS_DOWN, UNKNOWN_WHETHER, RETRY_AFTER);
  }
}
