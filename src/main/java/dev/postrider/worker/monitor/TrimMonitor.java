package dev.postrider.worker.monitor;

import dev.postrider.queue.admin.TrimCounter;
import dev.postrider.redis.connection.Link;
import dev.postrider.timing.PeriodicProbe;
import dev.postrider.worker.RedisLinks;
import dev.postrider.worker.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Checks every ten seconds whether others remove mail from the streams, and logs it at once. */
@Singleton
public final class TrimMonitor {

  private static final Logger LOG = Logger.getLogger(TrimMonitor.class);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final RedisLinks redis;
  private final WorkerSettings settings;
  private final PeriodicProbe probe =
      new PeriodicProbe(CHECK_INTERVAL, this::countAll, System::nanoTime);
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private Link link;

  TrimMonitor(Vertx vertx, RedisLinks redis, WorkerSettings settings) {
    this.vertx = vertx;
    this.redis = redis;
    this.settings = settings;
  }

  /**
   * Mail that was lost this way, by queue, since the queue exists; a queue is absent before its
   * first check, and always before Redis 7.0.
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
    probe.start(vertx);
  }

  void stop(@Observes ShutdownEvent event) {
    probe.stop();
    link.close();
  }

  private Uni<Void> countAll() {
    return Uni.join()
        .all(settings.queues().stream().map(this::count).toList())
        .andCollectFailures()
        .replaceWithVoid();
  }

  private Uni<OptionalLong> count(String queue) {
    return new TrimCounter(link, settings.queueSettings().prefix())
        .count(queue)
        .invoke(found -> record(queue, found))
        .onFailure()
        .invoke(cause -> LOG.debugf("Queue %s not checked: %s.", queue, cause.getMessage()));
  }

  private void record(String queue, OptionalLong found) {
    found.ifPresent(count -> compare(queue, count));
  }

  private void compare(String queue, long count) {
    Long before = counts.put(queue, count);
    long more = count - (before == null ? 0 : before);
    if (more > 0) {
      LOG.errorf(
          "%d mail(s) of queue %s were removed from its stream before they were sent, and are"
              + " lost: %d in all. Find who trims it: a producer must not use MAXLEN or MINID with"
              + " XADD, and that no program uses XTRIM or XDEL.",
          more, queue, count);
    }
  }
}
