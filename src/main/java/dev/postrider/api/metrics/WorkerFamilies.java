package dev.postrider.api.metrics;

import dev.postrider.delivery.Connections;
import dev.postrider.delivery.Transports;
import dev.postrider.event.AttemptResult;
import dev.postrider.event.Meters;
import dev.postrider.event.Provider;
import dev.postrider.event.QueueMeters;
import dev.postrider.event.QueueMeters.Count;
import dev.postrider.event.RouteMeters;
import dev.postrider.event.Spread;
import dev.postrider.redis.RedisWatch;
import dev.postrider.worker.EngineState;
import dev.postrider.worker.Worker;
import dev.postrider.worker.WorkerPlan;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The numbers of this worker: those of its engines, taken together. */
@Singleton
final class WorkerFamilies {

  private static final List<Count> ENDS =
      List.of(Count.SENT, Count.SKIPPED, Count.DEAD, Count.HELD);

  private final Worker worker;
  private final WorkerPlan plan;
  private final RedisWatch redis;
  private final List<String> routes;

  WorkerFamilies(Worker worker, WorkerPlan plan, Transports transports, RedisWatch redis) {
    this.routes = transports.routes();
    this.worker = worker;
    this.plan = plan;
    this.redis = redis;
  }

  List<Family> families() {
    List<EngineState> engines = worker.states();
    return engines.isEmpty() ? List.of() : new Snapshot(engines).families();
  }

  /** One scrape. */
  private final class Snapshot {

    private final List<EngineState> engines;
    private final List<Meters> meters;

    Snapshot(List<EngineState> engines) {
      this.engines = engines;
      this.meters = engines.stream().map(EngineState::meters).toList();
    }

    List<Family> families() {
      return List.of(
          counted(Metric.MAILS_ENQUEUED, Count.ENQUEUED),
          finished(),
          counted(Metric.MAILS_DEFERRED, Count.DEFERRED),
          counted(Metric.MAILS_SCHEDULED, Count.SCHEDULED),
          attempts(),
          counted(Metric.RECLAIMED, Count.RECLAIMED),
          counted(Metric.POISONED, Count.POISONED),
          counted(Metric.LEFT, Count.LEFT),
          sending(),
          ofQueues(Metric.QUEUE_WAIT_SECONDS, QueueMeters::waiting),
          ofQueues(Metric.END_TO_END_SECONDS, QueueMeters::journey),
          new Family(Metric.IN_FLIGHT).add(worker.inFlight()),
          new Family(Metric.SLOTS).add(plan.concurrency()),
          connections(),
          ofRoutes(Metric.SMTP_CONNECTIONS_ALLOWED, Connections::allowed),
          ofRoutes(Metric.SMTP_WAITING, Connections::waiting),
          delays(),
          new Family(Metric.REDIS_UP).add(redis.answered() ? 1 : 0),
          new Family(Metric.DRAINING).add(worker.draining() ? 1 : 0));
    }

    private Family counted(Metric metric, Count what) {
      Family family = new Family(metric);
      plan.queues().forEach(queue -> family.add(sum(queue, what), "queue", queue));
      return family;
    }

    private Family finished() {
      Family family = new Family(Metric.MAILS_FINISHED);
      for (String queue : plan.queues()) {
        for (Count end : ENDS) {
          String outcome = end.name().toLowerCase(Locale.ROOT);
          family.add(sum(queue, end), "queue", queue, "outcome", outcome);
        }
      }
      return family;
    }

    private long sum(String queue, Count what) {
      return meters.stream().mapToLong(engine -> engine.queue(queue).get(what)).sum();
    }

    /** All that is usual comes with the first attempt, or Prometheus would miss an increase. */
    private Family attempts() {
      Family family = new Family(Metric.ATTEMPTS);
      for (String queue : plan.queues()) {
        for (String route : routes) {
          List<RouteMeters> counted =
              meters.stream().map(engine -> engine.queue(queue).route(route)).toList();
          for (Provider provider : Provider.values()) {
            addAttempts(family, counted, provider, queue, route);
          }
        }
      }
      return family;
    }

    private static void addAttempts(
        Family family, List<RouteMeters> counted, Provider provider, String queue, String route) {
      if (counted.stream().allMatch(engine -> engine.attempts(provider) == 0)) {
        return;
      }
      for (AttemptResult result : AttemptResult.values()) {
        for (int place = 0; place < AttemptResult.REPLY_CLASSES.size(); place++) {
          long number = sum(counted, provider, result, place);
          if (number > 0 || result.usual(place)) {
            family.add(
                number,
                "queue",
                queue,
                "route",
                route,
                "provider",
                provider.word(),
                "outcome",
                result.word(),
                "class",
                AttemptResult.REPLY_CLASSES.get(place));
          }
        }
      }
    }

    private static long sum(
        List<RouteMeters> counted, Provider provider, AttemptResult result, int replyClass) {
      return counted.stream()
          .mapToLong(engine -> engine.attempts(provider, result, replyClass))
          .sum();
    }

    private Family sending() {
      Family family = new Family(Metric.SEND_DURATION_SECONDS);
      for (Provider provider : Provider.values()) {
        List<Spread> spreads = meters.stream().map(engine -> engine.sending(provider)).toList();
        Buckets.add(family, Spread.sum(spreads), "provider", provider.word());
      }
      return family;
    }

    private Family ofQueues(Metric metric, Function<QueueMeters, Spread> what) {
      Family family = new Family(metric);
      for (String queue : plan.queues()) {
        List<Spread> spreads =
            meters.stream().map(engine -> engine.queue(queue)).map(what).toList();
        Buckets.add(family, Spread.sum(spreads), "queue", queue);
      }
      return family;
    }

    private Family connections() {
      Family family = new Family(Metric.SMTP_CONNECTIONS);
      for (String route : routes) {
        add(family, sum(route, Connections::idle), route, "idle");
        add(family, sum(route, Connections::busy), route, "busy");
        add(family, sum(route, Connections::connecting), route, "connecting");
      }
      return family;
    }

    private static void add(Family family, int number, String route, String state) {
      family.add(number, "route", route, "state", state);
    }

    private Family ofRoutes(Metric metric, ToIntFunction<Connections> what) {
      Family family = new Family(metric);
      routes.forEach(route -> family.add(sum(route, what), "route", route));
      return family;
    }

    private int sum(String route, ToIntFunction<Connections> what) {
      return engines.stream()
          .flatMap(engine -> engine.connections().stream())
          .filter(connections -> connections.route().equals(route))
          .mapToInt(what)
          .sum();
    }

    private Family delays() {
      Family family = new Family(Metric.EVENT_LOOP_DELAY_SECONDS);
      for (int number = 0; number < engines.size(); number++) {
        double seconds = engines.get(number).delay().toNanos() / 1e9;
        family.add(seconds, "engine", Integer.toString(number));
      }
      return family;
    }
  }
}
