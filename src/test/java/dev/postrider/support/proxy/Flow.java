package dev.postrider.support.proxy;

import java.time.Duration;

/**
 * How bytes travel in one direction.
 *
 * @param kind what happens to them
 * @param nanos with {@code DELAY} the time each byte takes, with {@code THROTTLE} the time between
 *     two bytes
 */
public record Flow(Kind kind, long nanos) {

  enum Kind {
    PASS,
    DELAY,
    THROTTLE,
    HOLD,
    SWALLOW
  }

  /** As fast as it goes. */
  public static Flow pass() {
    return new Flow(Kind.PASS, 0);
  }

  /** Everything comes this much later, in order; the throughput stays. */
  public static Flow delay(Duration latency) {
    return new Flow(Kind.DELAY, latency.toNanos());
  }

  /** No more than this many bytes a second. */
  public static Flow throttle(long bytesPerSecond) {
    return new Flow(Kind.THROTTLE, 1_000_000_000L / bytesPerSecond);
  }

  /** Nothing passes for now; it is kept and comes as soon as the direction passes again. */
  public static Flow hold() {
    return new Flow(Kind.HOLD, 0);
  }

  /** A black hole: what comes in, the end of the connection included, is gone for good. */
  public static Flow swallow() {
    return new Flow(Kind.SWALLOW, 0);
  }

  /** When bytes that come in now may leave, if those before them leave at {@code free}. */
  long due(long now, long free, int bytes) {
    return switch (kind) {
      case DELAY -> Math.max(free, now + nanos);
      case THROTTLE -> Math.max(free, now) + nanos * bytes;
      default -> Math.max(free, now);
    };
  }
}
