package dev.postrider.timing;

import java.time.Duration;

/**
 * Exponential back-off: doubles from the first delay up to the longest. Jitter keeps what failed
 * together from being retried together.
 *
 * @param first delay after the first failure
 * @param longest delay before jitter
 */
public record Backoff(Duration first, Duration longest) {

  /** A delay differs by at most this share of it, either way. */
  public static final double JITTER = 0.2;

  /** Enough to reach any longest delay; more would overflow the shift. */
  private static final int DOUBLINGS_MAX = 40;

  /**
   * @param failures in a row, from 1
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  public Duration delay(int failures, double random) {
    int doublings = Math.min(Math.max(failures, 1) - 1, DOUBLINGS_MAX);
    double doubled = (double) first.toMillis() * (1L << doublings);
    double capped = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(Math.round(capped * (1 + JITTER * (2 * random - 1))));
  }
}
