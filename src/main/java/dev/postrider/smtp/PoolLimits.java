package dev.postrider.smtp;

import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The limits of one pool.
 *
 * @param connections most connections at a time
 * @param waiting most mails that wait for a connection
 * @param waitTimeout longest wait for a connection
 * @param idle a connection unused for this long is closed
 * @param mails most mails per connection
 * @param age longest life of a connection; checked between mails
 * @param staleAfter a connection unused for this long may have been closed unseen, so it gets the
 *     content only after it has answered the envelope
 * @param recheckAfter a mail that waited this long is checked again before it is sent
 * @param backoff the pause before the next connection after a failure to connect
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
    Backoff backoff) {

  /** Refuses limits that would stop all mail. */
  public PoolLimits {
    if (connections < 1 || waiting < 0 || mails < 1) {
      throw new IllegalArgumentException(
          "connections and mails must be at least 1, waiting at least 0");
    }
    if (Stream.of(waitTimeout, idle, age, backoff.first()).anyMatch(PoolLimits::notPositive)) {
      throw new IllegalArgumentException("waitTimeout, idle, age and backoff must be above zero");
    }
  }

  private static boolean notPositive(Duration time) {
    return time.isZero() || time.isNegative();
  }

  /**
   * Limits that no common relay refuses: the given number of connections, 10,000 waiting, and 100
   * mails per connection, since OpenSMTPD 6.8 refuses the 101st with a 452.
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
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2)));
  }

  /** These with other limits for the life of a connection. */
  public PoolLimits withLife(Duration idleMax, int mailsMax, Duration ageMax) {
    return new PoolLimits(
        connections,
        waiting,
        waitTimeout,
        idleMax,
        mailsMax,
        ageMax,
        staleAfter,
        recheckAfter,
        backoff);
  }
}
