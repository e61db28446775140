package dev.postrider.doctor;

import dev.postrider.delivery.route.RouteAdvice;
import dev.postrider.delivery.route.RouteHealth;
import dev.postrider.delivery.route.RouteStatus;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Tells whether a route takes the mail of this worker. Says nothing about a healthy one. */
final class RouteWaitCheck implements Check {

  private final String route;
  private final RouteHealth health;

  RouteWaitCheck(String route, RouteHealth health) {
    this.route = route;
    this.health = health;
  }

  @Override
  public String subject() {
    return "mail of route " + route;
  }

  @Override
  @CheckReturnValue
  public Uni<List<Diagnosis>> run() {
    return Uni.createFrom().item(() -> diagnoses(health.status()));
  }

  private List<Diagnosis> diagnoses(RouteStatus status) {
    return status.waiting().map(waiting -> List.of(waits(status, waiting))).orElse(List.of());
  }

  private Diagnosis waits(RouteStatus status, RouteStatus.Waiting waiting) {
    String detail =
        "%s for %s: %s; %d mails wait, the next try is in %s"
            .formatted(
                waiting.reason().word(),
                RouteAdvice.text(waiting.lasting()),
                waiting.words(),
                status.parked(),
                RouteAdvice.text(waiting.nextProbe()));
    return Diagnosis.fail(subject(), detail, RouteAdvice.of(route, waiting.reason()));
  }
}
