package dev.postrider.api.health;

import dev.postrider.worker.Worker;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Startup: up when every engine has its lease and consumer groups in Redis. */
@Startup
@Singleton
final class StartedCheck implements AsyncHealthCheck {

  private final Worker worker;

  StartedCheck(Worker worker) {
    this.worker = worker;
  }

  @Override
  @CheckReturnValue
  public Uni<HealthCheckResponse> call() {
    return Uni.createFrom()
        .item(() -> HealthCheckResponse.named("engines").status(worker.prepared()).build());
  }
}
