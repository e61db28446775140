package dev.postrider.api.health;

import dev.postrider.event.Meters;
import dev.postrider.event.QueueMeters;
import dev.postrider.redis.Ailments;
import dev.postrider.redis.RedisWatch;
import dev.postrider.worker.TrimWatch;
import dev.postrider.worker.Worker;
import dev.postrider.worker.WorkerPlan;
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

  private final RedisWatch redis;
  private final Ailments ailments;
  private final Worker worker;
  private final WorkerPlan plan;
  private final TrimWatch trims;

  ReadyCheck(RedisWatch redis, Ailments ailments, Worker worker, WorkerPlan plan, TrimWatch trims) {
    this.redis = redis;
    this.ailments = ailments;
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
    return worker.states().stream().mapToLong(engine -> left(engine.meters())).sum();
  }

  private long left(Meters meters) {
    return plan.queues().stream()
        .mapToLong(queue -> meters.queue(queue).get(QueueMeters.Count.LEFT))
        .sum();
  }

  private HealthCheckResponse look() {
    boolean answered = redis.answered();
    boolean draining = worker.draining();
    Optional<String> reason = ailments.reason();
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
