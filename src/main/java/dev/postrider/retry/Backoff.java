package dev.postrider.retry;

import java.time.Duration;

/**
 * Exponential back-off: doubles from the first delay up to the longest, then spread by jitter so
 * that mail that failed together does not come back together.
 *
 * @param first delay after the first try
 * @param longest delay that is never exceeded before jitter
 */
public record Backoff(Duration first, Duration longest) {

  /** Jitter moves a delay by at most this share of it, either way. */
  public static final double SPREAD = 0.2;

  /** Enough to reach any longest delay; more would overflow the shift. */
  private static final int DOUBLINGS_MAX = 40;

  /**
   * @param tries failed so far, from 1
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  public Duration delay(int tries, double random) {
    int doublings = Math.min(Math.max(tries, 1) - 1, DOUBLINGS_MAX);
    double doubled = (double) first.toMillis() * (1L << doublings);
    double capped = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 + SPREAD * (2 * random - 1))));
  }
}
