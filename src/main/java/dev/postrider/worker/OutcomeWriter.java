package dev.postrider.worker;

import dev.postrider.event.EventFields;
import dev.postrider.guard.CancelTopicCleaner;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.Disposition;
import dev.postrider.queue.SettleBatcher;
import dev.postrider.queue.Settlement;
import dev.postrider.queue.deadletter.DeadLetterStream.Kind;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Writes down how a flight ended: one settlement for each, whatever the outcome. */
final class OutcomeWriter {

  private static final Logger LOG = Logger.getLogger(OutcomeWriter.class);

  private static final Outcome DUPLICATE = new Outcome.Skipped(Reason.DUPLICATE);

  private final SettleBatcher settleBatcher;
  private final CancelTopicCleaner cancelTopicCleaner;
  private final DueListener dueListener;
  private final AttemptMetrics meters;
  private final AttemptTracing traces;
  private final EventFields eventFields = new EventFields();
  private final AttemptHistoryCodec attemptHistoryCodec = new AttemptHistoryCodec();

  /** Told when mail is due, so that nobody has to look for it. */
  interface DueListener {
    /**
     * @param dueAt ms by Redis's clock
     */
    void expect(String queue, long dueAt);
  }

  OutcomeWriter(
      SettleBatcher settleBatcher,
      CancelTopicCleaner cancelTopicCleaner,
      DueListener dueListener,
      AttemptMetrics meters,
      AttemptTracing traces) {
    this.settleBatcher = settleBatcher;
    this.cancelTopicCleaner = cancelTopicCleaner;
    this.dueListener = dueListener;
    this.meters = meters;
    this.traces = traces;
  }

  /** Completes when the outcome is written; never fails. */
  @CheckReturnValue
  Uni<Void> settle(Attempt attempt) {
    Outcome outcome = attempt.outcome().orElseThrow();
    meters.decided(attempt, outcome);
    traces.decided(attempt, outcome);
    Settlement settlement =
        new Settlement(
            attempt.entry(),
            attempt.mailId(),
            outcome.word(),
            move(attempt, outcome),
            eventFields.of(outcome, attempt.mail(), attempt(attempt, outcome), attempt.tookMs()));
    return settleBatcher
        .settle(settlement)
        .invoke(answer -> noteEnd(attempt, outcome, answer))
        .replaceWithVoid();
  }

  private void noteEnd(Attempt attempt, Outcome outcome, long answer) {
    LOG.debugf("Mail %s: %s%s", attempt.mailId(), outcome.word(), why(outcome));
    if (answer == 0) {
      LOG.debugf("Mail %s was taken over by another worker meanwhile.", attempt.mailId());
      return;
    }
    meters.settled(attempt, outcome);
    if (outcome instanceof Outcome.Deferred || outcome instanceof Outcome.Scheduled) {
      dueListener.expect(attempt.entry().queue(), answer);
    } else if (!outcome.equals(
        DUPLICATE)) { // Its name is the earlier mail's, which may still wait.
      cancelTopicCleaner.add(attempt.mailId());
    }
  }

  private static String why(Outcome outcome) {
    return outcome.reason().map(reason -> ", " + reason.word()).orElse("");
  }

  private static int attempt(Attempt attempt, Outcome outcome) {
    return outcome.receipt().isPresent() ? attempt.attemptHistory().attempts() + 1 : 0;
  }

  private Disposition move(Attempt attempt, Outcome outcome) {
    if (outcome instanceof Outcome.Scheduled scheduled) {
      return new Disposition.Schedule(
          Disposition.Due.at(scheduled.due()), parked(attempt, attempt.attemptHistory()));
    }
    if (outcome instanceof Outcome.Deferred deferred) {
      return new Disposition.Schedule(
          again(attempt, deferred), parked(attempt, progress(attempt, deferred)));
    }
    if (outcome instanceof Outcome.Dead dead) {
      return new Disposition.DeadLetter(
          Kind.DEAD, buried(attempt, dead.why(), dead.pointer(), dead.detail()));
    }
    if (outcome instanceof Outcome.Held held) {
      return new Disposition.DeadLetter(
          Kind.HELD, buried(attempt, Reason.UNKNOWN, "", "no answer to the final dot"));
    }
    return new Disposition.Remove();
  }

  private static Disposition.Due again(Attempt attempt, Outcome.Deferred deferred) {
    return Disposition.Due.in(
        deferred.delay(), attempt.mail().flatMap(mail -> mail.terms().expiresAt()));
  }

  private static AttemptHistory progress(Attempt attempt, Outcome.Deferred deferred) {
    List<Integer> accepted = deferred.evidence().acceptedPlaces();
    Optional<String> reply = lastReply(deferred.evidence());
    return deferred.counted()
        ? attempt.attemptHistory().withAttempt(accepted, reply)
        : attempt.attemptHistory().withUncountedFailure(accepted, reply);
  }

  private static Optional<String> lastReply(Receipt receipt) {
    return receipt
        .telling()
        .map(answer -> answer.reply().map(OutcomeWriter::line).orElse(answer.cause()));
  }

  private static String line(Receipt.ServerReply reply) {
    return reply.code() + reply.enhanced().map(code -> " " + code).orElse("") + " " + reply.text();
  }

  /** Progress, line feed, JSON: the script cuts at the first line feed and reads neither. */
  private byte[] parked(Attempt attempt, AttemptHistory attemptHistory) {
    byte[] head = attemptHistoryCodec.encode(attemptHistory);
    byte[] mail = attempt.entry().mail().orElseThrow();
    byte[] both = new byte[head.length + 1 + mail.length];
    System.arraycopy(head, 0, both, 0, head.length);
    both[head.length] = '\n';
    System.arraycopy(mail, 0, both, head.length + 1, mail.length);
    return both;
  }

  private List<byte[]> buried(Attempt attempt, Reason reason, String pointer, String detail) {
    List<byte[]> fields = new ArrayList<>();
    add(fields, "reason", utf8(reason.word()));
    add(fields, "pointer", utf8(pointer));
    add(fields, "detail", utf8(detail));
    attempt
        .outcome()
        .flatMap(Outcome::receipt)
        .flatMap(OutcomeWriter::lastReply)
        .ifPresent(reply -> add(fields, "reply", utf8(reply)));
    add(fields, "progress", attemptHistoryCodec.encode(last(attempt)));
    return fields;
  }

  /** Somebody may send it once more: then not to those who have it. */
  private static AttemptHistory last(Attempt attempt) {
    return attempt
        .outcome()
        .flatMap(Outcome::receipt)
        .map(
            receipt ->
                attempt.attemptHistory().withAttempt(receipt.acceptedPlaces(), lastReply(receipt)))
        .orElse(attempt.attemptHistory());
  }

  private static void add(List<byte[]> fields, String name, byte[] value) {
    fields.add(utf8(name));
    fields.add(value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
