package dev.postrider.queue.consumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * The time during which a consumer has held its lease without a gap. Mail that was read in a term
 * may be sent only while that term holds: after a gap another consumer may have the mail, even if
 * the lease was renewed since. A term that has ended never holds again. May be read from any
 * thread.
 */
public final class LeaseTerm {

  private final long leaseNanos;
  private final LongSupplier nanoTime;
  private final int token = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
  private final byte[] writtenToken = Integer.toString(token).getBytes(StandardCharsets.US_ASCII);
  private volatile long renewedAt;
  private volatile boolean ended;

  /**
   * @param askedAt when the lease was asked for, by the same clock
   * @param leaseTime how long Redis keeps a lease that is not renewed
   * @param nanoTime a monotonic clock that goes on while the process is stopped
   */
  public LeaseTerm(long askedAt, Duration leaseTime, LongSupplier nanoTime) {
    this.renewedAt = askedAt;
    this.leaseNanos = leaseTime.toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * True while the lease surely holds: less than two thirds of its time have passed since it was
   * last asked for. The clock is read here, so that a process that slept notices it before any of
   * its timers runs.
   */
  public boolean holds() {
    return !hasEnded() && sinceRenewal() < leaseNanos / 3 * 2;
  }

  /** True once the lease was lost, or could have been. */
  public boolean hasEnded() {
    if (!ended && sinceRenewal() >= leaseNanos) {
      ended = true;
    }
    return ended;
  }

  private long sinceRenewal() {
    return nanoTime.getAsLong() - renewedAt;
  }

  /**
   * Continues the term if the lease cannot have been lost before the answer came.
   *
   * @param askedAt when the renewal was asked for: Redis cannot have granted it earlier
   * @return false if the term has ended
   */
  public boolean renew(long askedAt) {
    if (hasEnded()) {
      return false;
    }
    renewedAt = askedAt;
    return true;
  }

  /** Ends the term now. */
  public void end() {
    ended = true;
  }

  /** Names this term in the delivery counts of Redis; at least 1. */
  public int token() {
    return token;
  }

  /** The token in digits; not to be changed. */
  public byte[] writtenToken() {
    return writtenToken;
  }
}
