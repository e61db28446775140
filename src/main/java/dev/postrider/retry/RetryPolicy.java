package dev.postrider.retry;

import dev.postrider.mail.Reason;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether and when a mail is tried again. Only refusals of the mail itself use up its
 * attempts; trouble with the server as a whole is waited out, since no mail is to blame for it.
 */
public final class RetryPolicy {

  private final RetrySettings settings;

  public RetryPolicy(RetrySettings settings) {
    this.settings = settings;
  }

  /** Most attempts that count. */
  public int attempts() {
    return settings.attempts();
  }

  /**
   * After a try that counts.
   *
   * @param attempts made so far, this one included
   * @param random from 0 (inclusive) to 1 (exclusive)
   * @return empty if the mail is out of attempts
   */
  public Optional<Duration> afterAttempt(int attempts, double random) {
    return attempts >= settings.attempts()
        ? Optional.empty()
        : Optional.of(settings.mail().delay(attempts, random));
  }

  /**
   * After a try that does not count.
   *
   * @param setbacks in a row, this one included
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  public Duration afterUncountedFailure(Reason reason, int setbacks, double random) {
    Backoff backoff = reason == Reason.THROTTLED ? settings.throttled() : settings.connection();
    return backoff.delay(setbacks, random);
  }
}
