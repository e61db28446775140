package dev.postrider.worker;

import dev.postrider.event.AttemptSpan;
import dev.postrider.event.SpanExporter;
import dev.postrider.event.TraceParent;
import dev.postrider.mail.Outcome;
import java.util.concurrent.TimeUnit;

/** Makes a span of each attempt whose producer traces it. */
final class AttemptTracing {

  private final SpanExporter spanExporter;

  AttemptTracing(SpanExporter spanExporter) {
    this.spanExporter = spanExporter;
  }

  /** The outcome is decided. The attempt counts if a server was asked. */
  void decided(Attempt attempt, Outcome outcome) {
    if (spanExporter.isEnabled() && outcome.receiptIfAny().isPresent()) {
      attempt
          .attemptHistory()
          .traceparent()
          .flatMap(TraceParent::parseSampled)
          .map(producer -> span(attempt, outcome, producer))
          .ifPresent(spanExporter::add);
    }
  }

  private static AttemptSpan span(Attempt attempt, Outcome outcome, TraceParent producer) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return new AttemptSpan(
        producer,
        !attempt.isFirst(),
        attempt.entry().queue(),
        attempt.mailId(),
        attempt.attemptHistory().attempts() + 1,
        outcome,
        now - attempt.tookNanos(),
        now);
  }
}
