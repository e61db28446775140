package dev.postrider.api.metrics;

import dev.postrider.queue.admin.QueueStats;
import dev.postrider.queue.admin.QueueStatsReader;
import dev.postrider.redis.health.ServerInfo;
import dev.postrider.redis.health.ServerInfoReader;
import dev.postrider.timing.PeriodicProbe;
import dev.postrider.worker.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Samples the queues and the Redis server every ten seconds, independent of scrapes. A sample older
 * than 30 s is not reported: no number is better than an old one.
 */
@Singleton
final class BacklogSampler {

  private static final Logger LOG = Logger.getLogger(BacklogSampler.class);
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(10);
  private static final Duration MAX_AGE = SAMPLE_INTERVAL.multipliedBy(3);

  private final Vertx vertx;
  private final PeriodicProbe probe =
      new PeriodicProbe(SAMPLE_INTERVAL, this::sample, System::nanoTime);
  private final QueueStatsReader queueStatsReader;
  private final ServerInfoReader serverInfoReader;
  private final WorkerSettings workerSettings;

  private volatile Sample<List<QueueStats>> queues = Sample.never(List.of());
  private volatile Sample<Optional<ServerInfo>> server = Sample.never(Optional.empty());

  BacklogSampler(
      Vertx vertx,
      QueueStatsReader queueStatsReader,
      ServerInfoReader serverInfoReader,
      WorkerSettings workerSettings) {
    this.vertx = vertx;
    this.queueStatsReader = queueStatsReader;
    this.serverInfoReader = serverInfoReader;
    this.workerSettings = workerSettings;
  }

  /** In the order of the settings; empty if Redis does not answer. */
  List<QueueStats> queues() {
    return queues.freshOr(List.of());
  }

  /** Empty if Redis does not answer or does not show its version. */
  Optional<ServerInfo> server() {
    return server.freshOr(Optional.empty()).filter(serverInfo -> !serverInfo.version().isEmpty());
  }

  void start(@Observes StartupEvent event) {
    probe.start(vertx);
  }

  void stop(@Observes ShutdownEvent event) {
    probe.stop();
  }

  private Uni<Void> sample() {
    return sampleQueues()
        .chain(this::sampleServer)
        .onFailure()
        .invoke(cause -> LOG.debugf("The queues were not sampled: %s.", cause.getMessage()));
  }

  private Uni<Void> sampleQueues() {
    return queueStatsReader
        .read(workerSettings.queues())
        .invoke(found -> queues = Sample.now(found))
        .replaceWithVoid();
  }

  private Uni<Void> sampleServer() {
    return serverInfoReader
        .read()
        .invoke(found -> server = Sample.now(Optional.of(found)))
        .replaceWithVoid();
  }

  /** A value and its time. */
  private record Sample<T>(T value, long at, boolean ever) {

    static <T> Sample<T> never(T value) {
      return new Sample<>(value, 0, false);
    }

    static <T> Sample<T> now(T value) {
      return new Sample<>(value, System.nanoTime(), true);
    }

    T freshOr(T otherwise) {
      return ever && System.nanoTime() - at < MAX_AGE.toNanos() ? value : otherwise;
    }
  }
}
