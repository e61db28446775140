package dev.postrider.delivery.route;

import java.time.Duration;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Counts the mails of one route that are parked, by the time when they come back, and spreads their
 * return so that it costs a bounded part of Redis however many they are. Not thread-safe.
 */
final class ParkedMails {

  private static final long STEP_NANOS = 100_000_000;

  private final DoubleSupplier random;
  private final long origin;
  private final TreeMap<Long, Integer> byReturn = new TreeMap<>();
  private int total;

  /**
   * @param random from 0 (inclusive) to 1 (exclusive)
   * @param now in nanoseconds
   */
  ParkedMails(DoubleSupplier random, long now) {
    this.random = random;
    this.origin = now;
  }

  /**
   * How long one more mail is parked.
   *
   * @param now in nanoseconds
   * @param earliest shortest time
   * @param perSecond most mails that come back in a second
   */
  Duration park(long now, Duration earliest, int perSecond) {
    double spread = 1e9 * count(now) / perSecond;
    Duration delay = earliest.plusNanos((long) (spread * random.getAsDouble()));
    byReturn.merge(step(now + delay.toNanos()), 1, Integer::sum);
    total++;
    return delay;
  }

  /** How many wait, as far as this process knows. */
  int count(long now) {
    long step = step(now);
    while (!byReturn.isEmpty() && byReturn.firstKey() <= step) {
      total -= byReturn.pollFirstEntry().getValue();
    }
    return total;
  }

  private long step(long time) {
    return (time - origin) / STEP_NANOS;
  }

  /** They wait no longer. */
  void clear() {
    byReturn.clear();
    total = 0;
  }
}
