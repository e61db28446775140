package dev.postrider.api.metrics;

import java.util.Locale;

/** Every metric: its name, its kind, and what Prometheus shows as its help. */
enum Metric {
  // What this worker has counted since its start.
  MAILS_ENQUEUED(
      Kind.COUNTER,
      Scope.WORKER,
      "Mail met for the first time, whoever put it into the stream and however"),
  MAILS_FINISHED(Kind.COUNTER, Scope.WORKER, "Mail that ended as sent, skipped, dead or held"),
  MAILS_DEFERRED(Kind.COUNTER, Scope.WORKER, "Attempts after which the mail is tried again later"),
  MAILS_SCHEDULED(Kind.COUNTER, Scope.WORKER, "Mail put into the schedule because it was not due"),
  ATTEMPTS(
      Kind.COUNTER,
      Scope.WORKER,
      "Attempts to hand a mail over, by the class of the server's reply"),
  RECLAIMED(Kind.COUNTER, Scope.WORKER, "Mail taken over from workers that are gone"),
  POISONED(Kind.COUNTER, Scope.WORKER, "Mail given up because its workers died again and again"),
  LEFT(Kind.COUNTER, Scope.WORKER, "Mail of a newer format left to workers of a newer version"),
  // How long it took.
  SEND_DURATION_SECONDS(
      Kind.HISTOGRAM,
      Scope.WORKER,
      "From reading a mail to the server's answer; the provider is that of the first recipient"),
  QUEUE_WAIT_SECONDS(
      Kind.HISTOGRAM,
      Scope.WORKER,
      "From when a mail was accepted, or due if later, to its first attempt"),
  END_TO_END_SECONDS(
      Kind.HISTOGRAM, Scope.WORKER, "From when a mail was accepted, or due if later, to its end"),
  // What this worker is doing now.
  IN_FLIGHT(Kind.GAUGE, Scope.WORKER, "Mail in hand now"),
  SLOTS(Kind.GAUGE, Scope.WORKER, "Mail that may be in hand at once: postrider.concurrency"),
  SMTP_CONNECTIONS(
      Kind.GAUGE, Scope.WORKER, "Connections to the server of a route, as of the last second"),
  SMTP_CONNECTIONS_ALLOWED(
      Kind.GAUGE, Scope.WORKER, "Connections there may be now; fewer while the server pushes back"),
  SMTP_WAITING(Kind.GAUGE, Scope.WORKER, "Mail in hand that waits for a connection"),
  EVENT_LOOP_DELAY_SECONDS(
      Kind.GAUGE,
      Scope.WORKER,
      "Longest time an event loop kept others waiting in the last minute"),
  REDIS_UP(Kind.GAUGE, Scope.WORKER, "1 if Redis answered this worker within the last ten seconds"),
  DRAINING(Kind.GAUGE, Scope.WORKER, "1 while this worker finishes what it has and reads no more"),
  // What Redis holds, for all workers together.
  STREAM_LAG(Kind.GAUGE, Scope.GROUP, "Mail in the stream that no worker has read"),
  PENDING(
      Kind.GAUGE,
      Scope.GROUP,
      "Mail that workers have read and not settled, those that are gone included"),
  OLDEST_WAITING_SECONDS(Kind.GAUGE, Scope.GROUP, "Age of the oldest mail that no worker has read"),
  OLDEST_UNSETTLED_SECONDS(
      Kind.GAUGE, Scope.GROUP, "Age of the oldest mail in the stream, read or not"),
  SCHEDULED(Kind.GAUGE, Scope.GROUP, "Mail in the schedule, for later or for another attempt"),
  SCHEDULED_OVERDUE_SECONDS(
      Kind.GAUGE, Scope.GROUP, "How long the first mail of the schedule has been due"),
  DEAD(Kind.GAUGE, Scope.GROUP, "Mail given up and still kept"),
  HELD(
      Kind.GAUGE,
      Scope.GROUP,
      "Mail of which nobody knows whether it was sent, waiting for a person"),
  TRIMMED(
      Kind.COUNTER,
      Scope.GROUP,
      "Mail that somebody removed from the stream before it was sent, which is lost"),
  QUEUE_PAUSED(Kind.GAUGE, Scope.GROUP, "1 while the queue is paused"),
  REDIS_MEMORY_USED_BYTES(Kind.GAUGE, Scope.GROUP, "Memory that Redis uses"),
  REDIS_MEMORY_MAX_BYTES(Kind.GAUGE, Scope.GROUP, "Memory that Redis may use; 0 for no limit"),
  REDIS_UNFIT(
      Kind.GAUGE,
      Scope.GROUP,
      "1 if Redis may drop mail to make room (maxmemory-policy is not noeviction) or is too old"),
  REDIS_DISK_FAILING(Kind.GAUGE, Scope.GROUP, "1 if the last write of Redis to its disk failed"),
  REDIS_CLOCK_AHEAD_SECONDS(
      Kind.GAUGE, Scope.GROUP, "Redis's clock less the worker's, half a round trip uncertain");

  /** What Prometheus may do with it. */
  enum Kind {
    /** Only grows. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Durations by bucket. */
    HISTOGRAM
  }

  /** Whose number it is, and so how the numbers of several workers are taken together. */
  enum Scope {
    /** Each worker has its own. */
    WORKER("Of this worker: sum over workers."),
    /** Every worker tells the same. */
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

  /** The family's name; a counter's samples add {@code _total} to it. */
  String family() {
    return PREFIX + name().toLowerCase(Locale.ROOT);
  }

  String help() {
    return meaning + ". " + scope.aggregation;
  }
}
