package dev.postrider.smtp;

import java.util.function.LongSupplier;

/** How long and for how many mails a connection was used, compared with the limits of its pool. */
final class SessionUse {

  private final PoolLimits limits;
  private final LongSupplier clock;
  private final ReuseTrust trust;
  private final long openedAt;
  private long lastUsedAt;
  private int mails;

  /**
   * @param clock monotonic, in milliseconds
   */
  SessionUse(PoolLimits limits, LongSupplier clock, ReuseTrust trust) {
    this.limits = limits;
    this.clock = clock;
    this.trust = trust;
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

  /**
   * Whether the next mail by BDAT needs a {@link StepCheck} before it.
   *
   * @param refused whether the last mail was not accepted: its content may be read as commands
   */
  boolean needsStepCheck(boolean refused) {
    return !isNew() && (refused || trust.needsCheck());
  }

  void foundInStep() {
    trust.foundInStep();
    answered();
  }

  /** The connection was lost before the first reply to a mail that had left as a whole. */
  void lostWithContent() {
    if (isReused()) {
      trust.lostWithContent();
    }
  }

  /**
   * Whether the content may leave before the envelope is answered: not if the server may have
   * closed the connection and we do not know it yet.
   */
  boolean allowsContentAtOnce() {
    boolean mayBeStale = isUnusedFor(clock.getAsLong(), limits.staleAfter().toMillis());
    return !mayBeStale && (!isReused() || trust.allowsContentAtOnce());
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
