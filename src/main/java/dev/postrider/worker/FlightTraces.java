package dev.postrider.worker;

import dev.postrider.event.AttemptSpan;
import dev.postrider.event.TraceParent;
import dev.postrider.event.Traces;
import dev.postrider.mail.Outcome;
import java.util.concurrent.TimeUnit;

/** Tells of attempts to those producers that trace them; of all others it tells nothing. */
final class FlightTraces {

  private final Traces traces;

  FlightTraces(Traces traces) {
    this.traces = traces;
  }

  /** An outcome is there. It is an attempt if a server was asked. */
  void decided(Flight flight, Outcome outcome) {
    if (traces.listens() && outcome.receipt().isPresent()) {
      flight
          .progress()
          .traceparent()
          .flatMap(TraceParent::sampled)
          .map(producer -> span(flight, outcome, producer))
          .ifPresent(traces::add);
    }
  }

  private static AttemptSpan span(Flight flight, Outcome outcome, TraceParent producer) {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    return new AttemptSpan(
        producer,
        !flight.first(),
        flight.entry().queue(),
        flight.mailId(),
        flight.progress().attempts() + 1,
        outcome,
        now - flight.tookNanos(),
        now);
  }
}
