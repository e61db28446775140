package dev.postrider.worker;

import dev.postrider.guard.Verdict;
import dev.postrider.mail.Reason;
import dev.postrider.queue.Entry;
import dev.postrider.smtp.FinalDotGate;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says whether one attempt may still send: after a wait by the guards, before the final dot by the
 * term of the lease in which its entry was read, and by a recorded intent. Remembers what it said,
 * for that decides the outcome.
 */
final class AttemptGate implements FinalDotGate {

  private static final Verdict UNKNOWN = new Verdict.Paused();

  private final Attempt attempt;
  private final Function<Attempt, Uni<Verdict>> guards;
  private final Function<Entry, Uni<Boolean>> intents;
  private final SentDots sentDots;
  private Verdict verdict = new Verdict.Send();
  private boolean withdrawn;
  private boolean dotMayBeSent;

  /**
   * @param guards the verdict of now
   * @param intents records in Redis that the final dot is about to leave; false if the entry is no
   *     longer this worker's
   * @param sentDots told if the final dot may be sent
   */
  AttemptGate(
      Attempt attempt,
      Function<Attempt, Uni<Verdict>> guards,
      Function<Entry, Uni<Boolean>> intents,
      SentDots sentDots) {
    this.attempt = attempt;
    this.guards = guards;
    this.intents = intents;
    this.sentDots = sentDots;
  }

  /** Asks the guards once more. Without an answer from Redis the mail is not sent now. */
  Future<Boolean> stillValid() {
    return Future.fromCompletionStage(
        guards
            .apply(attempt)
            .onFailure()
            .recoverWithItem(UNKNOWN)
            .map(this::isSend)
            .subscribeAsCompletionStage());
  }

  private boolean isSend(Verdict now) {
    verdict = now;
    return allow(now instanceof Verdict.Send);
  }

  @Override
  public boolean isOpen() {
    boolean open = allow(attempt.entry().term().holds());
    if (open) {
      dotMayBeSent = true;
      sentDots.add(attempt.entry());
    }
    return open;
  }

  @Override
  public boolean needsIntent() {
    return attempt.holdsWhenUnknown();
  }

  @Override
  public Future<Void> recordIntent() {
    return Future.fromCompletionStage(
        intents
            .apply(attempt.entry())
            .onFailure()
            .recoverWithItem(false)
            .map(this::orFail)
            .subscribeAsCompletionStage());
  }

  private Void orFail(boolean recorded) {
    if (!allow(recorded)) {
      throw new IllegalStateException("the intent to send could not be recorded in Redis");
    }
    return null;
  }

  private boolean allow(boolean allowed) {
    withdrawn |= !allowed;
    return allowed;
  }

  /** True if this worker itself kept the mail back. */
  boolean withdrawn() {
    return withdrawn;
  }

  /** Why there is nothing to send any more, if the guards said so. */
  Optional<Reason> skipReason() {
    return verdict instanceof Verdict.Skip skip ? Optional.of(skip.reason()) : Optional.empty();
  }

  /** True once the final dot was let through: from then on only the server knows. */
  boolean dotMayBeSent() {
    return dotMayBeSent;
  }
}
