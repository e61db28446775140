package dev.postrider.worker;

import dev.postrider.event.EventFields;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.queue.Settlement;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Writes the outcome of an attempt to Redis: one settlement for each, whatever the outcome. */
final class OutcomeWriter {

  private static final Logger LOG = Logger.getLogger(OutcomeWriter.class);

  private static final long NOT_OURS = 0;

  private final Function<Settlement, Uni<Long>> settler;
  private final Consumer<String> cancelTopics;
  private final DueListener dueListener;
  private final AttemptMetrics metrics;
  private final AttemptTracing tracing;
  private final EventFields eventFields = new EventFields();

  /** Told when mail is due, so that it is promoted on time. */
  @FunctionalInterface
  interface DueListener {
    /**
     * @param dueAt ms by Redis's clock
     */
    void expect(String queue, long dueAt);
  }

  /**
   * @param settler writes a settlement; emits when the mail is due (scheduled), 1 (otherwise
   *     settled) or 0 (the mail was no longer this worker's)
   * @param cancelTopics told the id of each mail whose cancel topic is needed no more
   */
  OutcomeWriter(
      Function<Settlement, Uni<Long>> settler,
      Consumer<String> cancelTopics,
      DueListener dueListener,
      AttemptMetrics metrics,
      AttemptTracing tracing) {
    this.settler = settler;
    this.cancelTopics = cancelTopics;
    this.dueListener = dueListener;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /** Emits once the outcome is written: false if the mail was no longer ours; never fails. */
  @CheckReturnValue
  Uni<Boolean> settle(Attempt attempt) {
    Outcome outcome = attempt.outcome().orElseThrow();
    metrics.decided(attempt, outcome);
    tracing.decided(attempt, outcome);
    Settlement settlement =
        new Settlement(
            attempt.entry(),
            attempt.mailId(),
            outcome.word(),
            outcome.match(new Dispositions(attempt)),
            event(attempt, outcome));
    return settler
        .apply(settlement)
        .invoke(answer -> afterSettled(attempt, outcome, answer))
        .map(answer -> answer != NOT_OURS);
  }

  private List<String> event(Attempt attempt, Outcome outcome) {
    return outcome.kind() == Outcome.Kind.PARKED
        ? List.of()
        : eventFields.of(
            outcome,
            attempt.mail(),
            number(attempt, outcome),
            attempt.tookMs(),
            attempt.attemptHistory().done());
  }

  /** The number of the attempt; 0 if no server was asked. */
  private static int number(Attempt attempt, Outcome outcome) {
    return outcome.receiptIfAny().isPresent() ? attempt.attemptHistory().attempts() + 1 : 0;
  }

  private void afterSettled(Attempt attempt, Outcome outcome, long answer) {
    LOG.debugf("Mail %s: %s%s", attempt.mailId(), outcome.word(), why(outcome));
    if (answer == NOT_OURS) {
      LOG.debugf("Mail %s was reclaimed by another worker meanwhile.", attempt.mailId());
      return;
    }
    metrics.settled(attempt, outcome);
    switch (outcome.kind()) {
      case SCHEDULED, PARKED, DEFERRED -> dueListener.expect(attempt.entry().queue(), answer);
      case SENT, DEAD, HELD, SKIPPED -> forgetCancelTopic(attempt.mailId(), outcome);
    }
  }

  /** A duplicate has the id of an earlier mail, which may still wait. */
  private void forgetCancelTopic(String mailId, Outcome outcome) {
    if (outcome.reasonIfAny().orElse(null) != Reason.DUPLICATE) {
      cancelTopics.accept(mailId);
    }
  }

  private static String why(Outcome outcome) {
    return outcome.reasonIfAny().map(reason -> ", " + reason.word()).orElse("");
  }
}
