package dev.postrider.api.metrics;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.TransportFactory;
import dev.postrider.event.AttemptLabel;
import dev.postrider.event.EngineMetrics;
import dev.postrider.event.Histogram;
import dev.postrider.event.MailboxProvider;
import dev.postrider.event.QueueMetrics;
import dev.postrider.event.QueueMetrics.Count;
import dev.postrider.event.RouteMetrics;
import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.health.RedisHealth;
import dev.postrider.worker.EngineState;
import dev.postrider.worker.Worker;
import dev.postrider.worker.WorkerSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** The metrics of this worker: the sums over its engines. */
@Singleton
final class WorkerMetrics {

  private static final List<Count> FINAL_OUTCOMES =
      List.of(Count.SENT, Count.SKIPPED, Count.DEAD, Count.HELD);

  private final Worker worker;
  private final WorkerSettings workerSettings;
  private final RedisHealth redis;
  private final HandlerErrors errors;
  private final List<String> routes;

  WorkerMetrics(
      Worker worker,
      WorkerSettings workerSettings,
      TransportFactory transportFactory,
      RedisHealth redis,
      HandlerErrors errors) {
    this.routes = transportFactory.routes();
    this.worker = worker;
    this.workerSettings = workerSettings;
    this.redis = redis;
    this.errors = errors;
  }

  List<MetricFamily> families() {
    List<EngineState> engines = worker.states();
    return engines.isEmpty() ? List.of() : new Snapshot(engines).families();
  }

  /** One scrape. */
  private final class Snapshot {

    private final List<EngineState> engines;
    private final List<EngineMetrics> engineMetrics;

    Snapshot(List<EngineState> engines) {
      this.engines = engines;
      this.engineMetrics = engines.stream().map(EngineState::engineMetrics).toList();
    }

    List<MetricFamily> families() {
      return List.of(
          counted(Metric.MAILS_ENQUEUED, Count.ENQUEUED),
          finished(),
          counted(Metric.MAILS_DEFERRED, Count.DEFERRED),
          counted(Metric.MAILS_SCHEDULED, Count.SCHEDULED),
          counted(Metric.MAILS_PARKED, Count.PARKED),
          attempts(),
          counted(Metric.RECLAIMED, Count.RECLAIMED),
          counted(Metric.POISONED, Count.POISONED),
          counted(Metric.NEWER_FORMAT, Count.NEWER_FORMAT),
          counted(Metric.LEFT, Count.NEWER_FORMAT),
          sendDurations(),
          ofQueues(Metric.QUEUE_WAIT_SECONDS, QueueMetrics::untilFirstAttempt),
          ofQueues(Metric.END_TO_END_SECONDS, QueueMetrics::untilEnd),
          new MetricFamily(Metric.IN_FLIGHT).add(worker.inFlight()),
          new MetricFamily(Metric.SLOTS).add(workerSettings.concurrency()),
          connections(),
          ofRoutes(Metric.SMTP_CONNECTIONS_ALLOWED, ConnectionStats::allowed),
          ofRoutes(Metric.SMTP_CONNECTIONS_CONFIGURED, ConnectionStats::configured),
          workarounds(),
          ofRoutes(Metric.SMTP_WAITING, ConnectionStats::waiting),
          eventLoopDelays(),
          handlerErrors(),
          new MetricFamily(Metric.REDIS_UP).add(redis.isAvailable() ? 1 : 0),
          new MetricFamily(Metric.DRAINING).add(worker.draining() ? 1 : 0));
    }

    private MetricFamily handlerErrors() {
      MetricFamily metricFamily = new MetricFamily(Metric.HANDLER_ERRORS);
      errors.counts().forEach((part, count) -> metricFamily.add(count, "part", part));
      return metricFamily;
    }

    private MetricFamily counted(Metric metric, Count what) {
      MetricFamily metricFamily = new MetricFamily(metric);
      workerSettings.queues().forEach(queue -> metricFamily.add(sum(queue, what), "queue", queue));
      return metricFamily;
    }

    private MetricFamily finished() {
      MetricFamily metricFamily = new MetricFamily(Metric.MAILS_FINISHED);
      for (String queue : workerSettings.queues()) {
        for (Count end : FINAL_OUTCOMES) {
          String outcome = end.name().toLowerCase(Locale.ROOT);
          metricFamily.add(sum(queue, end), "queue", queue, "outcome", outcome);
        }
      }
      return metricFamily;
    }

    private long sum(String queue, Count what) {
      return engineMetrics.stream().mapToLong(engine -> engine.queue(queue).get(what)).sum();
    }

    /**
     * Usual label sets start at 0 with the first attempt, so that Prometheus sees each increase.
     */
    private MetricFamily attempts() {
      MetricFamily metricFamily = new MetricFamily(Metric.ATTEMPTS);
      for (String queue : workerSettings.queues()) {
        for (String route : routes) {
          List<RouteMetrics> counted =
              engineMetrics.stream().map(engine -> engine.queue(queue).route(route)).toList();
          for (MailboxProvider mailboxProvider : MailboxProvider.values()) {
            addAttempts(metricFamily, counted, mailboxProvider, queue, route);
          }
        }
      }
      return metricFamily;
    }

    private static void addAttempts(
        MetricFamily metricFamily,
        List<RouteMetrics> counted,
        MailboxProvider mailboxProvider,
        String queue,
        String route) {
      if (counted.stream().allMatch(engine -> engine.attempts(mailboxProvider) == 0)) {
        return;
      }
      for (AttemptLabel result : AttemptLabel.values()) {
        for (int place = 0; place < AttemptLabel.REPLY_CLASSES.size(); place++) {
          long number = sum(counted, mailboxProvider, result, place);
          if (number > 0 || result.isUsual(place)) {
            metricFamily.add(
                number,
                "queue",
                queue,
                "route",
                route,
                "provider",
                mailboxProvider.label(),
                "outcome",
                result.label(),
                "class",
                AttemptLabel.REPLY_CLASSES.get(place));
          }
        }
      }
    }

    private static long sum(
        List<RouteMetrics> counted,
        MailboxProvider mailboxProvider,
        AttemptLabel result,
        int replyClass) {
      return counted.stream()
          .mapToLong(engine -> engine.attempts(mailboxProvider, result, replyClass))
          .sum();
    }

    private MetricFamily sendDurations() {
      MetricFamily metricFamily = new MetricFamily(Metric.SEND_DURATION_SECONDS);
      for (MailboxProvider mailboxProvider : MailboxProvider.values()) {
        List<Histogram> histograms =
            engineMetrics.stream().map(engine -> engine.attemptTime(mailboxProvider)).toList();
        Buckets.add(metricFamily, Histogram.sum(histograms), "provider", mailboxProvider.label());
      }
      return metricFamily;
    }

    private MetricFamily ofQueues(Metric metric, Function<QueueMetrics, Histogram> what) {
      MetricFamily metricFamily = new MetricFamily(metric);
      for (String queue : workerSettings.queues()) {
        List<Histogram> histograms =
            engineMetrics.stream().map(engine -> engine.queue(queue)).map(what).toList();
        Buckets.add(metricFamily, Histogram.sum(histograms), "queue", queue);
      }
      return metricFamily;
    }

    private MetricFamily connections() {
      MetricFamily metricFamily = new MetricFamily(Metric.SMTP_CONNECTIONS);
      for (String route : routes) {
        add(metricFamily, sum(route, ConnectionStats::idle), route, "idle");
        add(metricFamily, sum(route, ConnectionStats::busy), route, "busy");
        add(metricFamily, sum(route, ConnectionStats::connecting), route, "connecting");
      }
      return metricFamily;
    }

    private static void add(MetricFamily metricFamily, int number, String route, String state) {
      metricFamily.add(number, "route", route, "state", state);
    }

    private MetricFamily ofRoutes(Metric metric, ToIntFunction<ConnectionStats> what) {
      MetricFamily metricFamily = new MetricFamily(metric);
      routes.forEach(route -> metricFamily.add(sum(route, what), "route", route));
      return metricFamily;
    }

    /** The event loops share them. */
    private MetricFamily workarounds() {
      MetricFamily metricFamily = new MetricFamily(Metric.SMTP_WORKAROUNDS);
      for (String route : routes) {
        int most = stats(route).mapToInt(each -> each.workarounds().size()).max().orElse(0);
        metricFamily.add(most, "route", route);
      }
      return metricFamily;
    }

    private int sum(String route, ToIntFunction<ConnectionStats> what) {
      return stats(route).mapToInt(what).sum();
    }

    private Stream<ConnectionStats> stats(String route) {
      return engines.stream()
          .flatMap(engine -> engine.connectionStats().stream())
          .filter(connectionStats -> connectionStats.route().equals(route));
    }

    private MetricFamily eventLoopDelays() {
      MetricFamily metricFamily = new MetricFamily(Metric.EVENT_LOOP_DELAY_SECONDS);
      for (int number = 0; number < engines.size(); number++) {
        double seconds = engines.get(number).delay().toNanos() / 1e9;
        metricFamily.add(seconds, "engine", Integer.toString(number));
      }
      return metricFamily;
    }
  }
}
