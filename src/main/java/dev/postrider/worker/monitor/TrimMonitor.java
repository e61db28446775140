package dev.postrider.worker.monitor;

import dev.postrider.queue.admin.TrimCounter;
import dev.postrider.redis.connection.Link;
import dev.postrider.worker.RedisLinks;
import dev.postrider.worker.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Looks every ten seconds whether somebody removes mail from the streams, and says so at once. */
@Singleton
public final class TrimMonitor {

  private static final Logger LOG = Logger.getLogger(TrimMonitor.class);
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final RedisLinks redis;
  private final WorkerSettings plan;
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private Link link;
  private long timer = -1;

  TrimMonitor(Vertx vertx, RedisLinks redis, WorkerSettings plan) {
    this.vertx = vertx;
    this.redis = redis;
    this.plan = plan;
  }

  /**
   * Mail that was lost so, by queue, since the queue exists; a queue is absent before its first
   * look, and always before Redis 7.0.
   */
  public Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  /** Of all queues together. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  void start(@Observes StartupEvent event) {
    link = redis.open();
    vertx.getOrCreateContext().runOnContext(turn -> begin());
  }

  private void begin() {
    timer = vertx.setPeriodic(BEAT.toMillis(), beat -> look());
    look();
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
    link.close();
  }

  private void look() {
    plan.queues().forEach(this::look);
  }

  private void look(String queue) {
    new TrimCounter(link, plan.queueSettings().prefix())
        .count(queue)
        .subscribe()
        .with(
            found -> note(queue, found),
            failure -> LOG.debugf("Queue %s not looked at: %s.", queue, failure.getMessage()));
  }

  private void note(String queue, OptionalLong found) {
    found.ifPresent(count -> compare(queue, count));
  }

  private void compare(String queue, long count) {
    Long before = counts.put(queue, count);
    long more = count - (before == null ? 0 : before);
    if (more > 0) {
      LOG.errorf(
          "%d mail(s) of queue %s were removed from its stream before anyone had sent them, and are"
              + " lost: %d in all. Find who trims it: a producer must not use MAXLEN or MINID with"
              + " XADD, and nobody XTRIM or XDEL.",
          more, queue, count);
    }
  }
}
