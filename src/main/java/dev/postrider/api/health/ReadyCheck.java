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
 * Up while Redis answers, refuses nothing that the worker needs, and the worker is not leaving.
 * Trouble with mail servers does not count: mail can be accepted all the same.
 */
@Readiness
@Singleton
final class ReadyCheck implements AsyncHealthCheck {

  private final RedisHealth redis;
  private final FatalErrors fatalErrors;
  private final Worker worker;
  private final WorkerSettings plan;
  private final TrimMonitor trims;

  ReadyCheck(
      RedisHealth redis,
      FatalErrors fatalErrors,
      Worker worker,
      WorkerSettings plan,
      TrimMonitor trims) {
    this.redis = redis;
    this.fatalErrors = fatalErrors;
    this.worker = worker;
    this.plan = plan;
    this.trims = trims;
  }

  @Override
  @CheckReturnValue
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::look);
  }

  /** Mail whose format this version does not know: no fault of this worker, but worth a look. */
  private long left() {
    return worker.states().stream().mapToLong(engine -> left(engine.engineMetrics())).sum();
  }

  private long left(EngineMetrics engineMetrics) {
    return plan.queues().stream()
        .mapToLong(queue -> engineMetrics.queue(queue).get(QueueMetrics.Count.LEFT))
        .sum();
  }

  private HealthCheckResponse look() {
    boolean answered = redis.answered();
    boolean draining = worker.draining();
    Optional<String> reason = fatalErrors.reason();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("redis")
            .status(answered && !draining && reason.isEmpty())
            .withData("answered", answered)
            .withData("draining", draining)
            .withData("left_for_newer_workers", left())
            .withData("trimmed_by_others", trims.total());
    reason.ifPresent(why -> response.withData("reason", why));
    return response.build();
  }
}
