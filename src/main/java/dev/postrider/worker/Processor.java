package dev.postrider.worker;

import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.OutcomeDecider;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.Transport;
import dev.postrider.guard.Verdict;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mime.Stamp;
import dev.postrider.queue.Entry;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Runs one attempt: sends the mail and decides its outcome. Every error becomes an outcome. */
final class Processor {

  private static final Logger LOG = Logger.getLogger(Processor.class);

  /** Until a mail that got no connection is tried: about as long as a pool pauses. */
  private static final Duration MOMENT = Duration.ofMillis(500);

  private static final String RECLAIMED = "the worker that had it is gone";

  private final Transport transport;
  private final OutcomeDecider outcomeDecider;
  private final GuardCheck guards;
  private final Function<Entry, Uni<Boolean>> intents;
  private final SentDots sentDots;

  /**
   * @param intents records in Redis that the final dot of a mail is about to leave
   * @param sentDots told of each mail whose final dot may be sent
   */
  Processor(
      Transport transport,
      OutcomeDecider outcomeDecider,
      GuardCheck guards,
      Function<Entry, Uni<Boolean>> intents,
      SentDots sentDots) {
    this.transport = transport;
    this.outcomeDecider = outcomeDecider;
    this.guards = guards;
    this.intents = intents;
    this.sentDots = sentDots;
  }

  /** Emits the attempt with its outcome; never fails. */
  @CheckReturnValue
  Uni<Attempt> process(Attempt attempt) {
    if (!attempt.isUndecided()) {
      return Uni.createFrom().item(attempt);
    }
    AttemptGate gate = new AttemptGate(attempt, this::verdict, intents, sentDots);
    return Uni.createFrom()
        .deferred(() -> deliver(attempt, gate))
        .onFailure()
        .recoverWithItem(bug -> recoverFromBug(attempt, gate, bug))
        .map(attempt::withOutcome);
  }

  private Uni<Outcome> deliver(Attempt attempt, AttemptGate gate) {
    DeliveryRequest request = request(attempt, gate);
    return attempt.mayAlreadyBeSent()
        ? Uni.createFrom().item(new Outcome.Held(unknownReceipt(request, RECLAIMED)))
        : transport.send(request).map(receipt -> decideOutcome(attempt, gate, receipt));
  }

  private static DeliveryRequest request(Attempt attempt, AttemptGate gate) {
    return new DeliveryRequest(
        attempt.mail().orElseThrow(),
        new Stamp(attempt.stampId(), Instant.ofEpochMilli(attempt.date())),
        attempt.attemptHistory().done(),
        gate::stillValid,
        gate);
  }

  private Uni<Verdict> verdict(Attempt attempt) {
    return guards
        .check(attempt.entry().queue(), List.of(attempt.forGuards()))
        .map(verdicts -> verdicts.get(0));
  }

  /** Mail that this worker itself kept back is skipped or deferred, whatever else happened. */
  private Outcome decideOutcome(Attempt attempt, AttemptGate gate, Receipt receipt) {
    if (receipt.untried()) {
      return new Outcome.Parked(MOMENT);
    }
    if (!gate.withdrawn() || !receipt.any(Receipt.Fate.NOT_SENT)) {
      return outcomeDecider.decide(receipt, attemptsSoFar(attempt));
    }
    return gate.skipReason()
        .filter(reason -> receipt.acceptedIndexes().isEmpty())
        .map(attempt::skipped)
        .orElseGet(() -> outcomeDecider.defer(receipt, attemptsSoFar(attempt)));
  }

  private static OutcomeDecider.AttemptsSoFar attemptsSoFar(Attempt attempt) {
    return new OutcomeDecider.AttemptsSoFar(
        attempt.attemptHistory().attempts(),
        attempt.attemptHistory().uncountedFailures(),
        !attempt.attemptHistory().done().accepted().isEmpty(),
        attempt.mail().orElseThrow().terms().onUnknown());
  }

  /**
   * Safety net for bugs: held if the final dot may have been sent, else dead (poison); never
   * retried.
   */
  private static Outcome recoverFromBug(Attempt attempt, AttemptGate gate, Throwable bug) {
    boolean unknown = gate.dotMayBeSent();
    LOG.errorf(
        bug,
        "A bug in Postrider stopped the attempt of mail %s. The mail is %s; please report this.",
        attempt.mailId(),
        unknown ? "held, for the server may have it" : "dead, with its bytes");
    String detail = "a bug in Postrider: " + bug.getClass().getSimpleName();
    return unknown
        ? new Outcome.Held(unknownReceipt(request(attempt, gate), detail))
        : new Outcome.Dead(Reason.POISON, "", detail, Optional.empty());
  }

  private static Receipt unknownReceipt(DeliveryRequest request, String cause) {
    return new Receipt(
        request.mail().terms().route().orElse(Route.DEFAULT),
        request.recipients().stream().map(recipient -> unknown(recipient, cause)).toList());
  }

  private static Receipt.Answer unknown(DeliveryRequest.Recipient recipient, String cause) {
    return new Receipt.Answer(
        recipient.index(), Receipt.Fate.UNKNOWN, "dot", Optional.empty(), cause);
  }
}
