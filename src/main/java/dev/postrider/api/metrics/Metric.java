package dev.postrider.api.metrics;

import java.util.Locale;

/** All metrics: name, kind and help text. */
enum Metric {
  // Counted since the start of this worker.
  MAILS_ENQUEUED(
      Kind.COUNTER,
      Scope.WORKER,
      "Mail read for the first time, from the HTTP API or from producers"),
  MAILS_FINISHED(Kind.COUNTER, Scope.WORKER, "Mail that ended as sent, skipped, dead or held"),
  MAILS_DEFERRED(Kind.COUNTER, Scope.WORKER, "Attempts after which the mail is tried again later"),
  MAILS_SCHEDULED(Kind.COUNTER, Scope.WORKER, "Mail put into the schedule because it was not due"),
  MAILS_PARKED(
      Kind.COUNTER,
      Scope.WORKER,
      "Times that mail was put back because its route waits or has no slot for it"),
  ATTEMPTS(
      Kind.COUNTER, Scope.WORKER, "Attempts to send a mail, by the class of the server's reply"),
  RECLAIMED(Kind.COUNTER, Scope.WORKER, "Mail reclaimed from workers without a lease"),
  POISONED(Kind.COUNTER, Scope.WORKER, "Mail that is dead because its workers crashed repeatedly"),
  NEWER_FORMAT(Kind.COUNTER, Scope.WORKER, "Mail of a newer format, not processed by this version"),
  LEFT(Kind.COUNTER, Scope.WORKER, "Deprecated name of postrider_newer_format"),
  HANDLER_ERRORS(
      Kind.COUNTER,
      Scope.WORKER,
      "Errors of Postrider itself in the handlers of connections and timers; the log names the"
          + " place"),
  // Durations.
  SEND_DURATION_SECONDS(
      Kind.HISTOGRAM,
      Scope.WORKER,
      "From reading a mail to the server's reply; the provider is that of the first recipient"),
  QUEUE_WAIT_SECONDS(
      Kind.HISTOGRAM,
      Scope.WORKER,
      "From acceptance of a mail, or its due time if later, to its first attempt"),
  END_TO_END_SECONDS(
      Kind.HISTOGRAM,
      Scope.WORKER,
      "From acceptance of a mail, or its due time if later, to its end"),
  // Current state of this worker.
  IN_FLIGHT(Kind.GAUGE, Scope.WORKER, "Mail in flight now"),
  SLOTS(Kind.GAUGE, Scope.WORKER, "Most mail in flight at once: postrider.concurrency"),
  SMTP_CONNECTIONS(
      Kind.GAUGE, Scope.WORKER, "Connections to the server of a route, as of the last second"),
  SMTP_CONNECTIONS_ALLOWED(
      Kind.GAUGE,
      Scope.WORKER,
      "Connections allowed now; fewer while the server refuses connections"),
  SMTP_CONNECTIONS_CONFIGURED(
      Kind.GAUGE, Scope.WORKER, "Connections allowed by the settings while the server takes them"),
  SMTP_WORKAROUNDS(
      Kind.GAUGE,
      Scope.WORKER,
      "What a server offers and is not used for an hour, since it failed"),
  SMTP_WAITING(Kind.GAUGE, Scope.WORKER, "Mail in flight that waits for a connection"),
  ROUTE_UP(Kind.GAUGE, Scope.WORKER_MIN, "1 while a route takes mail, 0 while it waits"),
  ROUTE_WAITING_MAILS(
      Kind.GAUGE, Scope.WORKER, "Mail put back because its route waits or has no slot for it"),
  ROUTE_PROBES(Kind.COUNTER, Scope.WORKER, "Mail that was tried while its route waited"),
  ROUTE_LAST_SUCCESS_SECONDS(
      Kind.GAUGE,
      Scope.WORKER_MIN,
      "Time since the server of a route last answered for a mail's own sake, or since the start"),
  EVENT_LOOP_DELAY_SECONDS(
      Kind.GAUGE, Scope.WORKER, "Longest time that an event loop was blocked in the last minute"),
  REDIS_UP(Kind.GAUGE, Scope.WORKER, "1 if Redis answered this worker within the last ten seconds"),
  DRAINING(Kind.GAUGE, Scope.WORKER, "1 while this worker shuts down: it reads no new mail"),
  // State in Redis, the same for all workers.
  STREAM_LAG(Kind.GAUGE, Scope.GROUP, "Mail in the stream that no worker has read"),
  PENDING(
      Kind.GAUGE,
      Scope.GROUP,
      "Mail that workers have read but not settled, including workers without a lease"),
  OLDEST_WAITING_SECONDS(Kind.GAUGE, Scope.GROUP, "Age of the oldest mail that no worker has read"),
  OLDEST_UNSETTLED_SECONDS(
      Kind.GAUGE, Scope.GROUP, "Age of the oldest mail in the stream, read or not"),
  SCHEDULED(Kind.GAUGE, Scope.GROUP, "Mail in the schedule, for later or for another attempt"),
  SCHEDULED_OVERDUE_SECONDS(
      Kind.GAUGE, Scope.GROUP, "How long the first mail of the schedule has been due"),
  DEAD(Kind.GAUGE, Scope.GROUP, "Mail in the dead stream"),
  HELD(
      Kind.GAUGE,
      Scope.GROUP,
      "Mail in the held stream: unknown whether it was sent, an operator must decide"),
  TRIMMED(
      Kind.COUNTER,
      Scope.GROUP,
      "Mail lost because another program removed it from the stream before it was sent"),
  QUEUE_PAUSED(Kind.GAUGE, Scope.GROUP, "1 while the queue is paused"),
  REDIS_MEMORY_USED_BYTES(Kind.GAUGE, Scope.GROUP, "Memory that Redis uses"),
  REDIS_MEMORY_MAX_BYTES(Kind.GAUGE, Scope.GROUP, "Memory that Redis may use; 0 for no limit"),
  REDIS_UNFIT(
      Kind.GAUGE,
      Scope.GROUP,
      "1 if Redis may evict mail (maxmemory-policy is not noeviction) or its version is too old"),
  REDIS_DISK_FAILING(Kind.GAUGE, Scope.GROUP, "1 if the last write of Redis to its disk failed"),
  REDIS_CLOCK_AHEAD_SECONDS(
      Kind.GAUGE, Scope.GROUP, "Redis's clock minus the worker's, accurate to half a round trip");

  /** The type in Prometheus. */
  enum Kind {
    /** Only grows. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Durations by bucket. */
    HISTOGRAM
  }

  /** How the values of several workers are aggregated. */
  enum Scope {
    /** Each worker has its own value. */
    WORKER("Of this worker: sum over workers."),
    /** Each worker has its own value, and a sum says nothing. */
    WORKER_MIN("Of this worker: min or max, not sum."),
    /** Every worker reports the same value. */
    GROUP("The same from every worker: max, not sum.");

    private final String aggregation;

    Scope(String advice) {
      this.aggregation = advice;
    }
  }

  private static final String PREFIX = "postrider_";

  private final Kind kind;
  private final Scope scope;
  private final String meaning;

  Metric(Kind kind, Scope scope, String meaning) {
    this.kind = kind;
    this.scope = scope;
    this.meaning = meaning;
  }

  Kind kind() {
    return kind;
  }

  /** Name of the metric family; samples of a counter add {@code _total}. */
  String family() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  String help() {
    return meaning + ". " + scope.aggregation;
  }
}
