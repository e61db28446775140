package dev.postrider.worker;

import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.OutcomeDecider;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.Transport;
import dev.postrider.guard.Guards;
import dev.postrider.guard.Verdict;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One mail, tried once: send, judge, settle. Never fails; whatever happens becomes an outcome, and
 * the outcome is written.
 */
final class Processor {

  private static final Logger LOG = Logger.getLogger(Processor.class);

  /** Where it was in the dialogue with the server, nobody knows any more. */
  private static final String ORPHANED = "the worker that had it is gone";

  private final Transport transport;
  private final Guards guards;
  private final OutcomeDecider outcomeDecider;
  private final OutcomeWriter outcomeWriter;
  private final LeaseGates gates;

  /**
   * @param gates asked before the end of each mail leaves
   */
  Processor(
      Transport transport,
      Guards guards,
      OutcomeDecider outcomeDecider,
      OutcomeWriter outcomeWriter,
      LeaseGates gates) {
    this.transport = transport;
    this.guards = guards;
    this.outcomeDecider = outcomeDecider;
    this.outcomeWriter = outcomeWriter;
    this.gates = gates;
  }

  /** Emits the flight when its outcome is written. */
  @CheckReturnValue
  Uni<Attempt> run(Attempt attempt) {
    LeaseGate gate = gates.of(attempt);
    return Uni.createFrom()
        .deferred(() -> decide(attempt, gate))
        .onFailure()
        .recoverWithItem(fault -> stumbled(attempt, gate, fault))
        .call(outcomeWriter::settle);
  }

  private Uni<Attempt> decide(Attempt attempt, LeaseGate gate) {
    if (!attempt.undecided()) {
      return Uni.createFrom().item(attempt);
    }
    DeliveryRequest deliveryRequest = letter(attempt, gate);
    return attempt.uncertain()
        ? Uni.createFrom()
            .item(attempt.decided(new Outcome.Held(lostSight(deliveryRequest, ORPHANED))))
        : transport.send(deliveryRequest).chain(receipt -> conclude(attempt, receipt));
  }

  private DeliveryRequest letter(Attempt attempt, LeaseGate gate) {
    Mail mail = attempt.mail().orElseThrow();
    return new DeliveryRequest(
        attempt.stampId(),
        mail,
        attempt.date(),
        attempt.attemptHistory().accepted(),
        () -> stillValid(attempt),
        gate);
  }

  /** Without an answer from Redis nobody can say so: better late than wrong. */
  private Uni<Boolean> stillValid(Attempt attempt) {
    return verdict(attempt).map(Verdict.Send.class::isInstance).onFailure().recoverWithItem(false);
  }

  private Uni<Attempt> conclude(Attempt attempt, Receipt receipt) {
    return receipt.any(Receipt.Fate.WITHDRAWN)
        ? verdict(attempt)
            .onFailure()
            .recoverWithItem(new Verdict.Paused())
            .map(verdict -> withdrawn(attempt, verdict, receipt))
        : Uni.createFrom().item(attempt.decided(outcomeDecider.judge(receipt, past(attempt))));
  }

  private Uni<Verdict> verdict(Attempt attempt) {
    return guards.check(attempt.entry().queue(), List.of(attempt.asCase())).map(all -> all.get(0));
  }

  private Attempt withdrawn(Attempt attempt, Verdict verdict, Receipt receipt) {
    if (verdict instanceof Verdict.Skip skip && receipt.acceptedPlaces().isEmpty()) {
      return attempt.decided(new Outcome.Skipped(skip.reason()));
    }
    return attempt.decided(outcomeDecider.setBack(receipt, past(attempt)));
  }

  private static OutcomeDecider.AttemptsSoFar past(Attempt attempt) {
    return new OutcomeDecider.AttemptsSoFar(
        attempt.attemptHistory().attempts(),
        attempt.attemptHistory().uncountedFailures(),
        !attempt.attemptHistory().accepted().isEmpty(),
        attempt.mail().orElseThrow().terms().onUnknown());
  }

  /**
   * Nothing above should fail; should it, the mail must not circle for ever. Once its end has left
   * the server may have it, and only a person can tell.
   */
  private Attempt stumbled(Attempt attempt, LeaseGate gate, Throwable fault) {
    String where = gate.passed() ? "held, for the server may have it" : "dead, with its bytes";
    LOG.errorf(
        fault,
        "Mail %s met a fault of Postrider itself. It is %s; please report this.",
        attempt.mailId(),
        where);
    String detail = "a fault of Postrider itself: " + fault.getClass().getSimpleName();
    return attempt.decided(
        gate.passed()
            ? new Outcome.Held(lostSight(letter(attempt, gate), detail))
            : new Outcome.Dead(Reason.POISON, "", detail, Optional.empty()));
  }

  private static Receipt lostSight(DeliveryRequest deliveryRequest, String cause) {
    return new Receipt(
        deliveryRequest.mail().terms().route().orElse(Route.DEFAULT),
        deliveryRequest.recipients().stream().map(recipient -> unknown(recipient, cause)).toList());
  }

  private static Receipt.Answer unknown(DeliveryRequest.Recipient recipient, String cause) {
    return new Receipt.Answer(
        recipient.place(), Receipt.Fate.UNKNOWN, "dot", Optional.empty(), cause);
  }
}
