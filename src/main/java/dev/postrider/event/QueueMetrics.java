package dev.postrider.event;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.Collection;
import java.util.Map;

/** What one engine counted in one queue. One writer, any number of readers. */
public final class QueueMetrics {

  /** What is counted. */
  public enum Count {
    /** Mail that was met for the first time. */
    ENQUEUED,
    SENT,
    SKIPPED,
    DEAD,
    HELD,
    /** Mail that is tried again later. */
    DEFERRED,
    /** Mail that was put into the schedule. */
    SCHEDULED,
    /** Mail that was put back without a try, because its route waits or has no slot for it. */
    PARKED,
    /** Mail taken over from workers that are gone. */
    RECLAIMED,
    /** Mail given up because its workers died again and again. */
    POISONED,
    /** Mail of a newer format that was left to newer workers. */
    NEWER_FORMAT
  }

  private final Counters counts = new Counters(Count.values().length);
  private final Map<String, RouteMetrics> routes;
  private final Histogram untilFirstAttempt = new Histogram(Histogram.MAIL_SECONDS);
  private final Histogram untilEnd = new Histogram(Histogram.MAIL_SECONDS);

  QueueMetrics(Collection<String> routes) {
    this.routes =
        Map.copyOf(routes.stream().collect(toMap(identity(), name -> new RouteMetrics())));
  }

  /** An attempt ended; only ever called by the one writer. */
  void attempted(MailboxProvider mailboxProvider, Outcome outcome, Receipt receipt) {
    RouteMetrics route = routes.get(receipt.route());
    if (route != null) { // Counting never stands in the way of a mail.
      route.attempted(mailboxProvider, outcome, receipt);
    }
  }

  /** The attempts on one route. */
  public RouteMetrics route(String name) {
    return routes.get(name);
  }

  /** Only ever called by the one writer. */
  public void add(Count what, long number) {
    counts.add(what.ordinal(), number);
  }

  /** A mail's first attempt began so long after it was due; only ever called by the one writer. */
  public void waited(long nanos) {
    untilFirstAttempt.record(nanos);
  }

  /** An outcome was written, so long after the mail was due; only ever called by the writer. */
  public void settled(Outcome outcome, long millis) {
    Count what = count(outcome);
    add(what, 1);
    if (what.compareTo(Count.HELD) <= 0) {
      untilEnd.record(millis * 1_000_000);
    }
  }

  private static Count count(Outcome outcome) {
    return switch (outcome.kind()) {
      case SENT -> Count.SENT;
      case SKIPPED -> Count.SKIPPED;
      case DEAD -> Count.DEAD;
      case HELD -> Count.HELD;
      case DEFERRED -> Count.DEFERRED;
      case SCHEDULED -> Count.SCHEDULED;
      case PARKED -> Count.PARKED;
    };
  }

  public long get(Count what) {
    return counts.get(what.ordinal());
  }

  /** From when a mail was due to its first attempt. */
  public Histogram untilFirstAttempt() {
    return untilFirstAttempt;
  }

  /** From when a mail was due to its end. */
  public Histogram untilEnd() {
    return untilEnd;
  }
}
