package dev.postrider.smtp;

import java.util.function.DoubleSupplier;

/** When to connect again after failures: {@link PoolLimits.BackOff} with jitter. */
final class ReconnectBackoff {

  private static final int DOUBLINGS_MAX = 30; // far beyond any sensible longest pause

  private final PoolLimits.BackOff limits;
  private final DoubleSupplier jitter;
  private int failures;
  private long pauseEnd = Long.MIN_VALUE;
  private long failedAt = Long.MIN_VALUE;
  private Phase phase = Phase.CONNECTING;
  private String cause = "";

  /** {@code jitter} gives numbers from 0 to 1. */
  ReconnectBackoff(PoolLimits.BackOff limits, DoubleSupplier jitter) {
    this.limits = limits;
    this.jitter = jitter;
  }

  /** Begins a pause, unless one is on: what fails together counts once. */
  void failed(long now, Phase failedPhase, String failedCause) {
    phase = failedPhase;
    cause = failedCause;
    failedAt = now;
    if (!isPausing(now)) {
      failures++;
      pauseEnd = now + pause(limits, failures, jitter.getAsDouble());
    }
  }

  /**
   * A mail went well on a connection opened at this time. Only one that is younger than the last
   * failure tells that the server takes connections again.
   */
  void succeeded(long openedAt) {
    if (openedAt > failedAt) {
      failures = 0;
    }
  }

  boolean isPausing(long now) {
    return now < pauseEnd;
  }

  /** Why no connection is tried now, for the mails that must do without. */
  SendResult notSent(long now) {
    return new SendResult.NotSent(
        phase, "no connection is tried for another " + (pauseEnd - now) + " ms: " + cause);
  }

  /** Milliseconds to wait after this many failures. */
  static long pause(PoolLimits.BackOff limits, int failures, double jitter) {
    int doublings = Math.min(failures - 1, DOUBLINGS_MAX);
    double full =
        Math.min(limits.first().toMillis() * Math.pow(2, doublings), limits.longest().toMillis());
    return Math.round(full * (1 + jitter) / 2);
  }
}
