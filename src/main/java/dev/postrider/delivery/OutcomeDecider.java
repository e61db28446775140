package dev.postrider.delivery;

import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.mail.Scope;
import dev.postrider.retry.RetryPolicy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;

/**
 * Turns a receipt into an outcome. A mail for several recipients is sent once each of them was
 * accepted or refused for good; until then it is tried again for the others.
 */
public final class OutcomeDecider {

  /** The most serious first: it decides how long the mail waits. */
  private static final List<Reason> UNCOUNTED =
      List.of(Reason.THROTTLED, Reason.ROUTE_DOWN, Reason.CONNECTION);

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
   * The attempts before this one.
   *
   * @param attempts that counted
   * @param uncountedFailures that did not count, in a row
   * @param anyAccepted true if some recipients have the mail already
   * @param onUnknown what the mail asks for if its fate is unknown
   */
  public record AttemptsSoFar(
      int attempts, int uncountedFailures, boolean anyAccepted, OnUnknown onUnknown) {}

  /** Tries again later without counting, whatever the answers say. */
  public Outcome defer(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    Duration delay = uncountedDelay(Reason.CONNECTION, attemptsSoFar);
    return new Outcome.Deferred(Reason.CONNECTION, delay, false, receipt);
  }

  /** Never {@link Outcome.Scheduled}, nor {@link Outcome.Skipped}. */
  public Outcome decide(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    boolean tooMany = false;
    for (Receipt.Answer answer : receipt.answers()) {
      if (answer.fate() != Receipt.Fate.ACCEPTED) {
        Optional<Reason> reason = ReplyClassifier.reason(answer);
        reason.ifPresent(reasons::add);
        tooMany |= reason.isEmpty();
      }
    }
    if (reasons.contains(Reason.UNKNOWN)) {
      return attemptsSoFar.onUnknown() == OnUnknown.HOLD
          ? new Outcome.Held(receipt)
          : again(Reason.CONNECTION, receipt, attemptsSoFar);
    }
    if (reasons.contains(Reason.TRANSIENT) || tooMany && !receipt.any(Receipt.Fate.ACCEPTED)) {
      return again(Reason.TRANSIENT, receipt, attemptsSoFar);
    }
    if (tooMany) {
      return new Outcome.Deferred(Reason.TRANSIENT, Duration.ZERO, false, receipt);
    }
    return uncounted(reasons)
        .<Outcome>map(reason -> later(reason, receipt, attemptsSoFar))
        .orElseGet(() -> ended(receipt, attemptsSoFar));
  }

  /** A fault that is not the mail's own. */
  private static Optional<Reason> uncounted(Set<Reason> reasons) {
    return UNCOUNTED.stream().filter(reasons::contains).findFirst();
  }

  private Outcome again(Reason reason, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    return policy
        .afterAttempt(attemptsSoFar.attempts() + 1, random.getAsDouble())
        .<Outcome>map(delay -> new Outcome.Deferred(reason, delay, true, receipt))
        .orElseGet(() -> exhausted(receipt, attemptsSoFar));
  }

  private Outcome later(Reason reason, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    String reply = receipt.decisiveAnswer().map(Receipt.Answer::line).orElse("");
    RouteTrouble trouble = new RouteTrouble(Scope.ROUTE, reason, reply, Optional.empty());
    return new Outcome.Deferred(
        reason, uncountedDelay(reason, attemptsSoFar), false, receipt, Optional.of(trouble));
  }

  private Duration uncountedDelay(Reason reason, AttemptsSoFar attemptsSoFar) {
    return policy.afterUncountedFailure(
        reason, attemptsSoFar.uncountedFailures() + 1, random.getAsDouble());
  }

  private static Outcome ended(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    boolean anyAccepted = attemptsSoFar.anyAccepted() || receipt.any(Receipt.Fate.ACCEPTED);
    return anyAccepted
        ? new Outcome.Sent(receipt)
        : new Outcome.Dead(Reason.REFUSED, "", ALL_REFUSED, Optional.of(receipt));
  }

  private static Outcome exhausted(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    String detail = "no success in " + (attemptsSoFar.attempts() + 1) + " attempts";
    return new Outcome.Dead(Reason.EXHAUSTED, "", detail, Optional.of(receipt));
  }
}
