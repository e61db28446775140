package dev.postrider.delivery;

import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.mail.Scope;
import dev.postrider.retry.RetryPolicy;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;

/**
 * Turns a receipt into an outcome. A mail for several recipients is sent once each of them was
 * accepted or refused for good; until then it is tried again for the others.
 */
public final class OutcomeDecider {

  /** Phases in which no mail has been named yet: every failure is the server's. */
  private static final Set<String> BEFORE_ANY_MAIL =
      Set.of("connecting", "greeting", "authenticating");

  /** Tries in a row, if there are fewer attempts: a server that restarts must not cost one. */
  private static final int UNCOUNTED_MAX = 10;

  private static final ReplyMeaning UNEXPLAINED =
      new ReplyMeaning(Scope.MAIL, Reaction.RETRY, Optional.empty(), "");

  private static final String ALL_REFUSED = "the server refused every recipient for good";

  private final RetryPolicy policy;
  private final DoubleSupplier random;
  private final Predicate<String> takesMail;

  /**
   * @param random from 0 (inclusive) to 1 (exclusive), for jitter
   * @param takesMail whether the route of this name takes other mail
   */
  public OutcomeDecider(RetryPolicy policy, DoubleSupplier random, Predicate<String> takesMail) {
    this.policy = policy;
    this.random = random;
    this.takesMail = takesMail;
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
    if (receipt.any(Fate.UNKNOWN)) {
      return attemptsSoFar.onUnknown() == OnUnknown.HOLD
          ? new Outcome.Held(receipt)
          : again(Reason.CONNECTION, receipt, attemptsSoFar);
    }
    if (canSendToTheRest(receipt)) {
      return new Outcome.Deferred(Reason.TRANSIENT, Duration.ZERO, false, receipt);
    }
    return receipt
        .decisiveAnswer()
        .flatMap(answer -> waiting(answer, receipt, attemptsSoFar))
        .orElseGet(() -> ended(receipt, attemptsSoFar));
  }

  /**
   * Too many recipients, and some of them have the mail now: the rest can follow at once, unless
   * the server asks to slow down as well. Each such transaction has one recipient less at least.
   */
  private static boolean canSendToTheRest(Receipt receipt) {
    return receipt.any(Fate.ACCEPTED)
        && receipt.answers().stream().anyMatch(OutcomeDecider::isTooMany)
        && receipt.answers().stream().noneMatch(OutcomeDecider::asksToSlowDown);
  }

  private static boolean isTooMany(Answer answer) {
    return answer.reaction().filter(Reaction.SPLIT::equals).isPresent();
  }

  private static boolean asksToSlowDown(Answer answer) {
    return answer
        .meaning()
        .filter(meaning -> meaning.isRouteTrouble() && !meaning.usesAttempt())
        .isPresent();
  }

  /** Empty if the deciding answer is final. */
  private Optional<Outcome> waiting(Answer answer, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    if (answer.fate() == Fate.ACCEPTED) {
      return Optional.empty();
    }
    ReplyMeaning meaning = answer.meaning().orElse(UNEXPLAINED);
    boolean counted =
        meaning.usesAttempt()
            || meaning.reaction() == Reaction.SPLIT
            || isLong(answer, attemptsSoFar) && isOfThisMail(meaning, receipt.route());
    return meaning
        .reason()
        .map(
            reason ->
                counted
                    ? again(reason, receipt, attemptsSoFar)
                    : later(reason, receipt, attemptsSoFar));
  }

  /**
   * What a server again and again says once this mail is named may be about this mail, if it closes
   * the connection, or takes other mail of the route: now and then that uses up an attempt, so that
   * it ends.
   */
  private boolean isOfThisMail(ReplyMeaning meaning, String route) {
    return meaning.reaction() == Reaction.RECONNECT
        || meaning.scope() == Scope.ROUTE && takesMail.test(route);
  }

  private boolean isLong(Answer answer, AttemptsSoFar attemptsSoFar) {
    return !BEFORE_ANY_MAIL.contains(answer.phase())
        && attemptsSoFar.uncountedFailures() >= Math.max(policy.attempts(), UNCOUNTED_MAX);
  }

  private Outcome again(Reason reason, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    return policy
        .afterAttempt(attemptsSoFar.attempts() + 1, random.getAsDouble())
        .<Outcome>map(delay -> deferred(reason, delay, true, receipt))
        .orElseGet(() -> withoutExhausted(receipt, attemptsSoFar));
  }

  /**
   * Recipients that only wait for a pace or a route go on without those whose attempts are used.
   */
  private Outcome withoutExhausted(Receipt receipt, AttemptsSoFar attemptsSoFar) {
    Receipt rest = receipt.ending(OutcomeDecider::isSaidToOne);
    return rest.decisiveAnswer()
        .filter(OutcomeDecider::asksToSlowDown)
        .flatMap(answer -> answer.meaning().flatMap(ReplyMeaning::reason))
        .map(reason -> later(reason, rest, attemptsSoFar))
        .orElseGet(() -> exhausted(receipt, attemptsSoFar));
  }

  private static boolean isSaidToOne(Answer answer) {
    return answer.reply().isPresent()
        && answer.meaning().filter(ReplyMeaning::usesAttempt).isPresent();
  }

  private Outcome later(Reason reason, Receipt receipt, AttemptsSoFar attemptsSoFar) {
    return deferred(reason, uncountedDelay(reason, attemptsSoFar), false, receipt);
  }

  /** Not before any of the answers allows it. */
  private static Outcome deferred(Reason reason, Duration delay, boolean counted, Receipt receipt) {
    Duration longest = delay;
    for (Answer answer : receipt.answers()) {
      Duration least = answer.meaning().flatMap(ReplyMeaning::delay).orElse(Duration.ZERO);
      longest = least.compareTo(longest) > 0 ? least : longest;
    }
    return new Outcome.Deferred(reason, longest, counted, receipt, trouble(receipt));
  }

  /** What concerns the most mail first. */
  private static Optional<RouteTrouble> trouble(Receipt receipt) {
    Optional<Answer> widest =
        receipt.answers().stream()
            .filter(answer -> answer.meaning().filter(ReplyMeaning::isRouteTrouble).isPresent())
            .min(Comparator.comparing(answer -> answer.meaning().orElseThrow().scope()));
    return widest.map(OutcomeDecider::trouble);
  }

  private static RouteTrouble trouble(Answer answer) {
    ReplyMeaning meaning = answer.meaning().orElseThrow();
    Reason reason =
        switch (meaning.reaction()) {
          case THROTTLE -> Reason.THROTTLED;
          case ROUTE_DOWN -> Reason.ROUTE_DOWN;
          default -> Reason.CONNECTION;
        };
    return new RouteTrouble(meaning.scope(), reason, answer.line(), meaning.delay());
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
