package dev.postrider.smtp;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * The bounds of one pool.
 *
 * @param connections most connections at a time
 * @param waiting most mails that wait for a connection
 * @param waitTimeout longest wait for a connection
 * @param idle a connection unused for this long is closed
 * @param mails most mails per connection
 * @param age longest life of a connection; checked between mails
 * @param staleAfter a connection unused for this long may have been closed unseen, so it gets the
 *     content only after it has answered the envelope
 * @param recheckAfter a mail that waited this long is looked at once more before it is sent
 * @param backOff first and longest pause between attempts to connect
 */
public record PoolLimits(
    int connections,
    int waiting,
    Duration waitTimeout,
    Duration idle,
    int mails,
    Duration age,
    Duration staleAfter,
    Duration recheckAfter,
    BackOff backOff) {

  /**
   * A pause that doubles with every failure, with jitter between half of it and all of it.
   *
   * @param first pause after the first failure
   * @param longest where doubling ends
   */
  public record BackOff(Duration first, Duration longest) {}

  /** Refuses bounds that would stop all mail. */
  public PoolLimits {
    if (connections < 1 || waiting < 0 || mails < 1) {
      throw new IllegalArgumentException(
          "connections and mails must be at least 1, waiting at least 0");
    }
    if (Stream.of(waitTimeout, idle, age, backOff.first()).anyMatch(PoolLimits::notPositive)) {
      throw new IllegalArgumentException("patience, idle, age and backOff must be above zero");
    }
  }

  private static boolean notPositive(Duration time) {
    return time.isZero() || time.isNegative();
  }

  /**
   * Fit for a relay that is a good neighbour: the given number of connections, 10,000 waiting, and
   * 100 mails per connection, since OpenSMTPD 6.8 refuses the 101st with a 452.
   */
  public static PoolLimits of(int connections) {
    return new PoolLimits(
        connections,
        10_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        100,
        Duration.ofMinutes(10),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        new BackOff(Duration.ofMillis(250), Duration.ofSeconds(30)));
  }

  /** These with another number and time of waiting mails. */
  public PoolLimits withWaiting(int number, Duration time) {
    return new PoolLimits(
        connections, number, time, idle, mails, age, staleAfter, recheckAfter, backOff);
  }

  /** These with another life of connections. */
  public PoolLimits withLife(Duration idleTime, int mailsAtMost, Duration ageAtMost) {
    return new PoolLimits(
        connections,
        waiting,
        waitTimeout,
        idleTime,
        mailsAtMost,
        ageAtMost,
        staleAfter,
        recheckAfter,
        backOff);
  }

  /** These with other times after which a connection and a mail are looked at twice. */
  public PoolLimits withChecks(Duration stale, Duration recheck) {
    return new PoolLimits(
        connections, waiting, waitTimeout, idle, mails, age, stale, recheck, backOff);
  }

  /** These with another pause after failures to connect. */
  public PoolLimits withBackOff(BackOff pause) {
    return new PoolLimits(
        connections, waiting, waitTimeout, idle, mails, age, staleAfter, recheckAfter, pause);
  }
}
