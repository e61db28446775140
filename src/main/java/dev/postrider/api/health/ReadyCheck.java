package dev.postrider.api.health;

import dev.postrider.redis.RedisWatch;
import dev.postrider.worker.Worker;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up while Redis answers and the worker is not leaving. Trouble with mail servers does not count:
 * mail can be accepted all the same.
 */
@Readiness
@Singleton
final class ReadyCheck implements AsyncHealthCheck {

  private final RedisWatch redis;
  private final Worker worker;

  ReadyCheck(RedisWatch redis, Worker worker) {
    this.redis = redis;
    this.worker = worker;
  }

  @Override
  @CheckReturnValue
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom().item(this::look);
  }

  private HealthCheckResponse look() {
    boolean answered = redis.answered();
    boolean draining = worker.draining();
    return HealthCheckResponse.named("redis")
        .status(answered && !draining)
        .withData("answered", answered)
        .withData("draining", draining)
        .build();
  }
}
