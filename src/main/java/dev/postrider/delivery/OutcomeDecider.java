package dev.postrider.delivery;

import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.retry.RetryPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Turns a receipt into an outcome. A mail for several recipients is sent once every one of them has
 * it or never will; until then it is tried again for those that are left.
 */
public final class OutcomeDecider {

  private static final String ALL_REFUSED = "the server refused every recipient for good";

  private final RetryPolicy policy;
  private final DoubleSupplier random;

  /**
   * @param random from 0 (inclusive) to 1 (exclusive), for jitter
   */
  public OutcomeDecider(RetryPolicy policy, DoubleSupplier random) {
    this.policy = policy;
    this.random = random;
  }

  /**
   * What the attempts before this one left behind.
   *
   * @param attempts that counted
   * @param setbacks that did not, in a row
   * @param acceptedBefore true if some recipients have the mail already
   * @param onUnknown what the mail asks for when its fate is unknown
   */
  public record AttemptsSoFar(
      int attempts, int setbacks, boolean acceptedBefore, OnUnknown onUnknown) {}

  /** Tries again later without counting, whatever the answers say. */
  public Outcome setBack(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    return later(Reason.CONNECTION, receipt, attemptsSoFar);
  }

  /** Never {@link Outcome.Scheduled}; withdrawn mail is the caller's to judge. */
  public Outcome judge(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    Set<ReplyClass> classes = EnumSet.noneOf(ReplyClass.class);
    for (Receipt.Answer answer : receipt.answers()) {
      classes.add(ReplyClassifier.classify(answer));
    }
    if (classes.contains(ReplyClass.UNKNOWN)) {
      return attemptsSoFar.onUnknown() == OnUnknown.HOLD
          ? new Outcome.Held(receipt)
          : again(Reason.CONNECTION, receipt, attemptsSoFar);
    }
    boolean split = classes.contains(ReplyClass.SPLIT);
    if (classes.contains(ReplyClass.TRANSIENT) || split && !receipt.any(Receipt.Fate.ACCEPTED)) {
      return again(Reason.TRANSIENT, receipt, attemptsSoFar);
    }
    if (split) {
      return new Outcome.Deferred(Reason.TRANSIENT, Duration.ZERO, false, receipt);
    }
    return setback(classes)
        .<Outcome>map(reason -> later(reason, receipt, attemptsSoFar))
        .orElseGet(() -> settled(receipt, attemptsSoFar));
  }

  private static Optional<Reason> setback(Set<ReplyClass> classes) {
    if (classes.contains(ReplyClass.THROTTLED)) {
      return Optional.of(Reason.THROTTLED);
    }
    if (classes.contains(ReplyClass.CONFIGURATION)) {
      return Optional.of(Reason.ROUTE_DOWN);
    }
    return classes.contains(ReplyClass.CONNECTION)
        ? Optional.of(Reason.CONNECTION)
        : Optional.empty();
  }

  private Outcome again(Reason reason, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    return policy
        .afterAttempt(attemptsSoFar.attempts() + 1, random.getAsDouble())
        .<Outcome>map(delay -> new Outcome.Deferred(reason, delay, true, receipt))
        .orElseGet(() -> exhausted(receipt, attemptsSoFar));
  }

  private Outcome later(Reason reason, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    Duration delay =
        policy.afterUncountedFailure(reason, attemptsSoFar.setbacks() + 1, random.getAsDouble());
    return new Outcome.Deferred(reason, delay, false, receipt);
  }

  private static Outcome settled(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    boolean anyHasIt = attemptsSoFar.acceptedBefore() || receipt.any(Receipt.Fate.ACCEPTED);
    return anyHasIt
        ? new Outcome.Sent(receipt)
        : new Outcome.Dead(Reason.REFUSED, "", ALL_REFUSED, Optional.of(receipt));
  }

  private static Outcome exhausted(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    String detail = "no success in " + (attemptsSoFar.attempts() + 1) + " attempts";
    return new Outcome.Dead(Reason.EXHAUSTED, "", detail, Optional.of(receipt));
  }
}
