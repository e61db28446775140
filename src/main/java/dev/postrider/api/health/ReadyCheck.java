package dev.postrider.api.health;

import dev.postrider.event.EngineMetrics;
import dev.postrider.event.QueueMetrics;
import dev.postrider.redis.health.FatalErrors;
import dev.postrider.redis.health.RedisHealth;
import dev.postrider.worker.Worker;
import dev.postrider.worker.WorkerSettings;
import dev.postrider.worker.monitor.TrimMonitor;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: up while Redis answers and refuses nothing that the worker needs, and the worker does
 * not shut down nor have slots that do not turn over. Mail servers do not count, because mail can
 * be accepted without them.
 */
@Readiness
@Singleton
final class ReadyCheck implements AsyncHealthCheck {

  private final RedisHealth redis;
  private final FatalErrors fatalErrors;
  private final Worker worker;
  private final WorkerSettings workerSettings;
  private final TrimMonitor trims;

  ReadyCheck(
      RedisHealth redis,
      FatalErrors fatalErrors,
      Worker worker,
      WorkerSettings workerSettings,
      TrimMonitor trims) {
    this.redis = redis;
    this.fatalErrors = fatalErrors;
    this.worker = worker;
    this.workerSettings = workerSettings;
    this.trims = trims;
  }

  @Override
  @CheckReturnValue
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::response);
  }

  /** Mail in a format that this version does not know: for the operator, no reason to be down. */
  private long newerFormat() {
    return worker.states().stream().mapToLong(engine -> newerFormat(engine.engineMetrics())).sum();
  }

  private long newerFormat(EngineMetrics engineMetrics) {
    return workerSettings.queues().stream()
        .mapToLong(queue -> engineMetrics.queue(queue).get(QueueMetrics.Count.NEWER_FORMAT))
        .sum();
  }

  private HealthCheckResponse response() {
    boolean answered = redis.isAvailable();
    boolean draining = worker.draining();
    boolean stalled = worker.stalled();
    Optional<String> reason = fatalErrors.reason();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("redis")
            .status(answered && !draining && !stalled && reason.isEmpty())
            .withData("answered", answered)
            .withData("draining", draining)
            .withData("stalled", stalled)
            .withData("left_for_newer_workers", newerFormat())
            .withData("trimmed_by_others", trims.total());
    reason.ifPresent(why -> response.withData("reason", why));
    return response.build();
  }
}
