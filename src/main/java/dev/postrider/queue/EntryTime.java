package dev.postrider.queue;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * The time in the id of an entry. Redis puts its clock there, but a producer may choose an id that
 * is in another unit, or no time at all.
 */
public final class EntryTime {

  /** September 2001: no entry is older, and any later time in seconds is a smaller number. */
  private static final long EARLIEST = 1_000_000_000_000L;

  /** Clocks of two machines are never that far apart. */
  private static final long AHEAD_MAX = Duration.ofDays(1).toMillis();

  /** Longest wait for which a time in another unit is believed. */
  private static final long WAIT_MAX = Duration.ofDays(30).toMillis();

  private EntryTime() {}

  /** The first number of an id, in ms if Redis gave the id; at most {@link Long#MAX_VALUE}. */
  public static long millis(String id) {
    long unsigned = Long.parseUnsignedLong(id, 0, id.indexOf('-'), 10);
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }

  /** True if the first number of an id can be a time in ms. */
  public static boolean isTime(long millis, long now) {
    return millis >= EARLIEST && millis <= now + AHEAD_MAX;
  }

  /**
   * When an entry was stored, in ms. A number of seconds, microseconds or nanoseconds that is a
   * time of the last 30 days is converted, so that each attempt of a mail has the same Date; any
   * other id that is no time counts as {@code now}.
   *
   * @param now in ms
   */
  public static long storedAt(String id, long now) {
    long millis = millis(id);
    if (isTime(millis, now)) {
      return millis;
    }
    return LongStream.of(Math.min(millis, now) * 1_000, millis / 1_000, millis / 1_000_000)
        .filter(time -> time <= now + AHEAD_MAX && time >= now - WAIT_MAX)
        .findFirst()
        .orElse(now);
  }
}
