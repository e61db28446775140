package dev.postrider.worker;

import dev.postrider.event.Words;
import dev.postrider.guard.Forgetter;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.queue.Move;
import dev.postrider.queue.Progress;
import dev.postrider.queue.ProgressCodec;
import dev.postrider.queue.Settlement;
import dev.postrider.queue.Settler;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Writes down how a flight ended: one settlement for each, whatever the outcome. */
final class Settlements {

  private static final Logger LOG = Logger.getLogger(Settlements.class);

  private static final Outcome DUPLICATE = new Outcome.Skipped(Reason.DUPLICATE);

  private final Settler settler;
  private final Forgetter forgetter;
  private final Deadlines deadlines;
  private final FlightMeters meters;
  private final FlightTraces traces;
  private final Words words = new Words();
  private final ProgressCodec progressCodec = new ProgressCodec();

  /** Told when mail is due, so that nobody has to look for it. */
  interface Deadlines {
    /**
     * @param dueAt ms by Redis's clock
     */
    void expect(String queue, long dueAt);
  }

  Settlements(
      Settler settler,
      Forgetter forgetter,
      Deadlines deadlines,
      FlightMeters meters,
      FlightTraces traces) {
    this.settler = settler;
    this.forgetter = forgetter;
    this.deadlines = deadlines;
    this.meters = meters;
    this.traces = traces;
  }

  /** Completes when the outcome is written; never fails. */
  @CheckReturnValue
  Uni<Void> settle(Flight flight) {
    Outcome outcome = flight.outcome().orElseThrow();
    meters.decided(flight, outcome);
    traces.decided(flight, outcome);
    Settlement settlement =
        new Settlement(
            flight.entry(),
            flight.mailId(),
            outcome.word(),
            move(flight, outcome),
            words.of(outcome, flight.mail(), attempt(flight, outcome), flight.tookMs()));
    return settler
        .settle(settlement)
        .invoke(answer -> noteEnd(flight, outcome, answer))
        .replaceWithVoid();
  }

  private void noteEnd(Flight flight, Outcome outcome, long answer) {
    LOG.debugf("Mail %s: %s%s", flight.mailId(), outcome.word(), why(outcome));
    if (answer == 0) {
      LOG.debugf("Mail %s was taken over by another worker meanwhile.", flight.mailId());
      return;
    }
    meters.settled(flight, outcome);
    if (outcome instanceof Outcome.Deferred || outcome instanceof Outcome.Scheduled) {
      deadlines.expect(flight.entry().queue(), answer);
    } else if (!outcome.equals(
        DUPLICATE)) { // Its name is the earlier mail's, which may still wait.
      forgetter.forget(flight.mailId());
    }
  }

  private static String why(Outcome outcome) {
    return outcome.reason().map(reason -> ", " + reason.word()).orElse("");
  }

  private static int attempt(Flight flight, Outcome outcome) {
    return outcome.receipt().isPresent() ? flight.progress().attempts() + 1 : 0;
  }

  private Move move(Flight flight, Outcome outcome) {
    if (outcome instanceof Outcome.Scheduled scheduled) {
      return new Move.Park(Move.Due.at(scheduled.due()), parked(flight, flight.progress()));
    }
    if (outcome instanceof Outcome.Deferred deferred) {
      return new Move.Park(again(flight, deferred), parked(flight, progress(flight, deferred)));
    }
    if (outcome instanceof Outcome.Dead dead) {
      return new Move.Bury(false, buried(flight, dead.why(), dead.pointer(), dead.detail()));
    }
    if (outcome instanceof Outcome.Held held) {
      return new Move.Bury(true, buried(flight, Reason.UNKNOWN, "", "no answer to the final dot"));
    }
    return new Move.Done();
  }

  private static Move.Due again(Flight flight, Outcome.Deferred deferred) {
    return Move.Due.in(deferred.delay(), flight.mail().flatMap(mail -> mail.terms().expiresAt()));
  }

  private static Progress progress(Flight flight, Outcome.Deferred deferred) {
    List<Integer> accepted = deferred.evidence().acceptedPlaces();
    Optional<String> reply = lastReply(deferred.evidence());
    return deferred.counted()
        ? flight.progress().attempted(accepted, reply)
        : flight.progress().setBack(accepted, reply);
  }

  private static Optional<String> lastReply(Receipt receipt) {
    return receipt
        .telling()
        .map(answer -> answer.reply().map(Settlements::line).orElse(answer.cause()));
  }

  private static String line(Receipt.ServerReply reply) {
    return reply.code() + reply.enhanced().map(code -> " " + code).orElse("") + " " + reply.text();
  }

  /** Progress, line feed, JSON: the script cuts at the first line feed and reads neither. */
  private byte[] parked(Flight flight, Progress progress) {
    byte[] head = progressCodec.encode(progress);
    byte[] mail = flight.entry().mail().orElseThrow();
    byte[] both = new byte[head.length + 1 + mail.length];
    System.arraycopy(head, 0, both, 0, head.length);
    both[head.length] = '\n';
    System.arraycopy(mail, 0, both, head.length + 1, mail.length);
    return both;
  }

  private List<byte[]> buried(Flight flight, Reason reason, String pointer, String detail) {
    List<byte[]> fields = new ArrayList<>();
    add(fields, "reason", utf8(reason.word()));
    add(fields, "pointer", utf8(pointer));
    add(fields, "detail", utf8(detail));
    flight
        .outcome()
        .flatMap(Outcome::receipt)
        .flatMap(Settlements::lastReply)
        .ifPresent(reply -> add(fields, "reply", utf8(reply)));
    add(fields, "progress", progressCodec.encode(last(flight)));
    return fields;
  }

  /** Somebody may send it once more: then not to those who have it. */
  private static Progress last(Flight flight) {
    return flight
        .outcome()
        .flatMap(Outcome::receipt)
        .map(receipt -> flight.progress().attempted(receipt.acceptedPlaces(), lastReply(receipt)))
        .orElse(flight.progress());
  }

  private static void add(List<byte[]> fields, String name, byte[] value) {
    fields.add(utf8(name));
    fields.add(value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
