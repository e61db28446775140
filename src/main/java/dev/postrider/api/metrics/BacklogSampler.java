package dev.postrider.api.metrics;

import dev.postrider.queue.admin.Backlog;
import dev.postrider.queue.admin.Backlogs;
import dev.postrider.redis.health.ServerInfo;
import dev.postrider.redis.health.ServerInfoReader;
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
 * Measures the queues every ten seconds, however often and by however many Prometheus asks. What it
 * could not measure for half a minute it no longer tells: no number is better than an old one.
 */
@Singleton
final class BacklogSampler {

  private static final Logger LOG = Logger.getLogger(BacklogSampler.class);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration AGE_MAX = BEAT.multipliedBy(3);

  private final Vertx vertx;
  private final Backlogs backlogs;
  private final ServerInfoReader serverInfoReader;
  private final WorkerSettings plan;
  private long timer = -1;
  private boolean asking;
  private volatile Measured<List<Backlog>> queues = Measured.never(List.of());
  private volatile Measured<Optional<ServerInfo>> server = Measured.never(Optional.empty());

  BacklogSampler(
      Vertx vertx, Backlogs backlogs, ServerInfoReader serverInfoReader, WorkerSettings plan) {
    this.vertx = vertx;
    this.backlogs = backlogs;
    this.serverInfoReader = serverInfoReader;
    this.plan = plan;
  }

  /** The queues in the order of the settings; empty if Redis does not answer. */
  List<Backlog> queues() {
    return queues.freshOr(List.of());
  }

  /** Empty if Redis does not answer or keeps it to itself. */
  Optional<ServerInfo> server() {
    return server.freshOr(Optional.empty()).filter(facts -> !facts.version().isEmpty());
  }

  void start(@Observes StartupEvent event) {
    vertx.getOrCreateContext().runOnContext(turn -> begin());
  }

  private void begin() {
    timer = vertx.setPeriodic(BEAT.toMillis(), beat -> ask());
    ask();
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
  }

  private void ask() {
    if (!asking) {
      asking = true;
      measureQueues().chain(this::askServer).subscribe().with(done -> asking = false, this::failed);
    }
  }

  private Uni<Void> measureQueues() {
    return backlogs
        .measure(plan.queues())
        .invoke(found -> queues = Measured.now(found))
        .replaceWithVoid();
  }

  private Uni<Void> askServer() {
    return serverInfoReader
        .find()
        .invoke(found -> server = Measured.now(Optional.of(found)))
        .replaceWithVoid();
  }

  private void failed(Throwable cause) {
    asking = false;
    LOG.debugf("The queues were not measured: %s.", cause.getMessage());
  }

  /** A value and when it was measured. */
  private record Measured<T>(T value, long at, boolean ever) {

    static <T> Measured<T> never(T value) {
      return new Measured<>(value, 0, false);
    }

    static <T> Measured<T> now(T value) {
      return new Measured<>(value, System.nanoTime(), true);
    }

    T freshOr(T otherwise) {
      return ever && System.nanoTime() - at < AGE_MAX.toNanos() ? value : otherwise;
    }
  }
}
