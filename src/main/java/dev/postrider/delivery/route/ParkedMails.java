package dev.postrider.delivery.route;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Counts the mails of one route that are parked, and spreads their return so that it costs a
 * bounded part of Redis however many they are. Each of them comes back and is parked again once in
 * a round, so the number parked in a round is the number that waits. Not thread-safe.
 */
final class ParkedMails {

  private final DoubleSupplier random;
  private int before;
  private int round;
  private long roundEnd = Long.MIN_VALUE;
  private long roundNanos;

  /**
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  ParkedMails(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * How long one more mail is parked.
   *
   * @param now in nanoseconds
   * @param earliest shortest time
   * @param perSecond most mails that come back in a second
   */
  Duration park(long now, Duration earliest, int perSecond) {
    if (round == 0 || now - roundEnd >= 0) {
      before = count(now);
      round = 0;
    }
    round++;
    long spread = (long) (1e9 * Math.max(before, round) / perSecond);
    if (round == 1) {
      roundNanos = earliest.toNanos() + spread;
      roundEnd = now + roundNanos;
    }
    return earliest.plusNanos((long) (spread * random.getAsDouble()));
  }

  /** How many wait, as far as this process knows. */
  int count(long now) {
    if (round == 0 || now - roundEnd >= roundNanos) {
      return 0; // None has come back and been parked again.
    }
    return now - roundEnd >= 0 ? round : Math.max(before, round);
  }

  /** They wait no longer. */
  void clear() {
    before = 0;
    round = 0;
  }
}
