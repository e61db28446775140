package dev.postrider.api.health;

import dev.postrider.worker.Worker;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness: down only if a restart helps, that is if an event loop is blocked. */
@Liveness
@Singleton
final class LiveCheck implements AsyncHealthCheck {

  private final Worker worker;

  LiveCheck(Worker worker) {
    this.worker = worker;
  }

  @Override
  @CheckReturnValue
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .item(() -> HealthCheckResponse.named("event loops").status(worker.alive()).build());
  }
}
