package dev.postrider.worker;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import dev.postrider.schedule.Promoter;
import dev.postrider.schedule.Schedule;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The promoters of all queues and the poller behind them. Timers give precision; the poller finds
 * what other processes have parked.
 */
@Singleton
class SchedulePoller implements OutcomeWriter.DueListener {

  private static final Logger LOG = Logger.getLogger(SchedulePoller.class);

  /** A poll that hangs would silence the scheduler for good. */
  private static final Duration POLL_MAX = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final RedisLinks redis;
  private final WorkerSettings plan;
  private volatile Map<String, Promoter> promoters = Map.of();
  private volatile Link link;

  SchedulePoller(Vertx vertx, RedisLinks redis, WorkerSettings plan) {
    this.vertx = vertx;
    this.redis = redis;
    this.plan = plan;
  }

  void open() {
    Context context = vertx.getOrCreateContext();
    link = redis.open();
    Map<String, Promoter> opened = new LinkedHashMap<>();
    for (String queue : plan.queues()) {
      Schedule schedule = new Schedule(new Keys(plan.queueSettings().prefix(), queue));
      opened.put(queue, new Promoter(context, link, schedule));
    }
    promoters = opened;
  }

  @Override
  public void expect(String queue, long dueAt) {
    Promoter promoter = promoters.get(queue);
    if (promoter != null) { // Closed already: another worker's poller finds the mail.
      promoter.promoteAt(dueAt);
    }
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> poll() {
    List<Uni<Void>> polls =
        promoters.entrySet().stream().map(e -> poll(e.getKey(), e.getValue())).toList();
    return polls.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(polls).andCollectFailures().replaceWithVoid();
  }

  private static Uni<Void> poll(String queue, Promoter promoter) {
    return promoter
        .promote()
        .ifNoItem()
        .after(POLL_MAX)
        .fail()
        .onFailure()
        .invoke(failure -> LOG.debugf("Queue %s not promoted: %s.", queue, failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  void close() {
    promoters.values().forEach(Promoter::stop);
    promoters = Map.of();
    if (link != null) {
      link.close();
    }
  }
}
