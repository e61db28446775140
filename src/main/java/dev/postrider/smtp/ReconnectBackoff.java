package dev.postrider.smtp;

import dev.postrider.timing.Backoff;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/** Decides when to connect again after failures. */
final class ReconnectBackoff {

  private final Backoff backoff;
  private final DoubleSupplier random;
  private int failures;
  private long pauseEnd = Long.MIN_VALUE;
  private long failedAt = Long.MIN_VALUE;
  private SendResult.NotSent last = new SendResult.NotSent(Phase.CONNECTING, "");

  ReconnectBackoff(Backoff backoff) {
    this(backoff, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * @param random from 0 (inclusive) to 1 (exclusive)
   */
  ReconnectBackoff(Backoff backoff, DoubleSupplier random) {
    this.backoff = backoff;
    this.random = random;
  }

  /** Starts a pause. A failure during a pause does not count: what fails together counts once. */
  void failed(long now, SendResult.NotSent failure) {
    last = failure;
    failedAt = now;
    if (!isPausing(now)) {
      failures++;
      pauseEnd = now + backoff.delay(failures, random.getAsDouble()).toMillis();
    }
  }

  /**
   * A mail was answered on a connection that was opened at this time. Only a connection younger
   * than the last failure shows that the server accepts connections again.
   */
  void succeeded(long openedAt) {
    if (openedAt > failedAt) {
      failures = 0;
    }
  }

  boolean isPausing(long now) {
    return now < pauseEnd;
  }

  /** Why no connection is tried now. */
  SendResult notSent(long now) {
    return new SendResult.NotSent(
        last.phase(),
        "no connection is tried for another " + (pauseEnd - now) + " ms: " + last.cause(),
        last.needsOperator(),
        false);
  }
}
