package dev.postrider.worker;

import dev.postrider.delivery.Judge;
import dev.postrider.delivery.Letter;
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
final class Attempt {

  private static final Logger LOG = Logger.getLogger(Attempt.class);

  /** Where it was in the dialogue with the server, nobody knows any more. */
  private static final String ORPHANED = "the worker that had it is gone";

  private final Transport transport;
  private final Guards guards;
  private final Judge judge;
  private final Settlements settlements;
  private final DotGates gates;

  /**
   * @param gates asked before the end of each mail leaves
   */
  Attempt(
      Transport transport, Guards guards, Judge judge, Settlements settlements, DotGates gates) {
    this.transport = transport;
    this.guards = guards;
    this.judge = judge;
    this.settlements = settlements;
    this.gates = gates;
  }

  /** Emits the flight when its outcome is written. */
  @CheckReturnValue
  Uni<Flight> run(Flight flight) {
    DotGate gate = gates.of(flight);
    return Uni.createFrom()
        .deferred(() -> decide(flight, gate))
        .onFailure()
        .recoverWithItem(fault -> stumbled(flight, gate, fault))
        .call(settlements::settle);
  }

  private Uni<Flight> decide(Flight flight, DotGate gate) {
    if (!flight.undecided()) {
      return Uni.createFrom().item(flight);
    }
    Letter letter = letter(flight, gate);
    return flight.uncertain()
        ? Uni.createFrom().item(flight.decided(new Outcome.Held(lostSight(letter, ORPHANED))))
        : transport.send(letter).chain(receipt -> conclude(flight, receipt));
  }

  private Letter letter(Flight flight, DotGate gate) {
    Mail mail = flight.mail().orElseThrow();
    return new Letter(
        flight.stampId(),
        mail,
        flight.date(),
        flight.progress().accepted(),
        () -> stillValid(flight),
        gate);
  }

  /** Without an answer from Redis nobody can say so: better late than wrong. */
  private Uni<Boolean> stillValid(Flight flight) {
    return verdict(flight).map(Verdict.Go.class::isInstance).onFailure().recoverWithItem(false);
  }

  private Uni<Flight> conclude(Flight flight, Receipt receipt) {
    return receipt.any(Receipt.Fate.WITHDRAWN)
        ? verdict(flight)
            .onFailure()
            .recoverWithItem(new Verdict.Paused())
            .map(verdict -> withdrawn(flight, verdict, receipt))
        : Uni.createFrom().item(flight.decided(judge.judge(receipt, past(flight))));
  }

  private Uni<Verdict> verdict(Flight flight) {
    return guards.check(flight.entry().queue(), List.of(flight.asCase())).map(all -> all.get(0));
  }

  private Flight withdrawn(Flight flight, Verdict verdict, Receipt receipt) {
    if (verdict instanceof Verdict.Skip skip && receipt.acceptedPlaces().isEmpty()) {
      return flight.decided(new Outcome.Skipped(skip.reason()));
    }
    return flight.decided(judge.setBack(receipt, past(flight)));
  }

  private static Judge.Past past(Flight flight) {
    return new Judge.Past(
        flight.progress().attempts(),
        flight.progress().setbacks(),
        !flight.progress().accepted().isEmpty(),
        flight.mail().orElseThrow().terms().onUnknown());
  }

  /**
   * Nothing above should fail; should it, the mail must not circle for ever. Once its end has left
   * the server may have it, and only a person can tell.
   */
  private Flight stumbled(Flight flight, DotGate gate, Throwable fault) {
    String where = gate.passed() ? "held, for the server may have it" : "dead, with its bytes";
    LOG.errorf(
        fault,
        "Mail %s met a fault of Postrider itself. It is %s; please report this.",
        flight.mailId(),
        where);
    String detail = "a fault of Postrider itself: " + fault.getClass().getSimpleName();
    return flight.decided(
        gate.passed()
            ? new Outcome.Held(lostSight(letter(flight, gate), detail))
            : new Outcome.Dead(Reason.POISON, "", detail, Optional.empty()));
  }

  private static Receipt lostSight(Letter letter, String cause) {
    return new Receipt(
        letter.mail().terms().route().orElse(Route.DEFAULT),
        letter.recipients().stream().map(recipient -> unknown(recipient, cause)).toList());
  }

  private static Receipt.Answer unknown(Letter.Recipient recipient, String cause) {
    return new Receipt.Answer(
        recipient.place(), Receipt.Fate.UNKNOWN, "dot", Optional.empty(), cause);
  }
}
