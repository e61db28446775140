package dev.postrider.smtp;

import java.util.function.LongSupplier;

/** How long and for how many mails a connection was used, compared with the limits of its pool. */
final class SessionUse {

  private final PoolLimits limits;
  private final LongSupplier clock;
  private final long openedAt;
  private long lastUsedAt;
  private int mails;

  /**
   * @param clock monotonic, in milliseconds
   */
  SessionUse(PoolLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
    this.openedAt = clock.getAsLong();
  }

  long openedAt() {
    return openedAt;
  }

  /** The connection was answered and is ready for the next mail. */
  void answered() {
    lastUsedAt = clock.getAsLong();
  }

  void mailStarted() {
    mails++;
  }

  /** Whether no mail was started on it yet. */
  boolean isNew() {
    return mails == 0;
  }

  /** Whether the current mail is not the first one of the connection. */
  boolean isReused() {
    return mails > 1;
  }

  /** Whether the server may have closed the connection and we do not know it yet. */
  boolean mayBeStale() {
    return isUnusedFor(clock.getAsLong(), limits.staleAfter().toMillis());
  }

  boolean isUnusedFor(long now, long millis) {
    return now - lastUsedAt >= millis;
  }

  /** Whether the limit of mails or of age is reached; one mail is sent in any case. */
  boolean isExhausted() {
    return mails > 0
        && (mails >= limits.mails() || clock.getAsLong() - openedAt >= limits.age().toMillis());
  }
}
