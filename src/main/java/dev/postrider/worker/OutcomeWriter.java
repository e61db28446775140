package dev.postrider.worker;

import dev.postrider.event.EventFields;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.queue.Settlement;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Writes the outcome of an attempt to Redis: one settlement for each, whatever the outcome. */
final class OutcomeWriter {

  private static final Logger LOG = Logger.getLogger(OutcomeWriter.class);

  private static final long NOT_OURS = 0;

  private static final Outcome.Cases<Next> NEXT = new NextCases();

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

  /** Completes when the outcome is written; never fails. */
  @CheckReturnValue
  Uni<Void> settle(Attempt attempt) {
    Outcome outcome = attempt.outcome().orElseThrow();
    metrics.decided(attempt, outcome);
    tracing.decided(attempt, outcome);
    Settlement settlement =
        new Settlement(
            attempt.entry(),
            attempt.mailId(),
            outcome.word(),
            outcome.match(new Dispositions(attempt)),
            eventFields.of(outcome, attempt.mail(), number(attempt, outcome), attempt.tookMs()));
    return settler
        .apply(settlement)
        .invoke(answer -> afterSettled(attempt, outcome, answer))
        .replaceWithVoid();
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
    switch (outcome.match(NEXT)) {
      case DUE_LATER -> dueListener.expect(attempt.entry().queue(), answer);
      case FINISHED -> cancelTopics.accept(attempt.mailId());
      case EARLIER_MAIL_REMAINS -> {}
    }
  }

  private static String why(Outcome outcome) {
    return outcome.reasonIfAny().map(reason -> ", " + reason.word()).orElse("");
  }

  /** What follows for the mail's id. */
  private enum Next {
    DUE_LATER,
    FINISHED,
    /** A duplicate has the id of an earlier mail, which may still wait. */
    EARLIER_MAIL_REMAINS
  }

  /** What follows each outcome. */
  private static final class NextCases implements Outcome.Cases<Next> {
    @Override
    public Next sent(Outcome.Sent sent) {
      return Next.FINISHED;
    }

    @Override
    public Next skipped(Outcome.Skipped skipped) {
      return skipped.reason() == Reason.DUPLICATE ? Next.EARLIER_MAIL_REMAINS : Next.FINISHED;
    }

    @Override
    public Next scheduled(Outcome.Scheduled scheduled) {
      return Next.DUE_LATER;
    }

    @Override
    public Next deferred(Outcome.Deferred deferred) {
      return Next.DUE_LATER;
    }

    @Override
    public Next dead(Outcome.Dead dead) {
      return Next.FINISHED;
    }

    @Override
    public Next held(Outcome.Held held) {
      return Next.FINISHED;
    }
  }
}
