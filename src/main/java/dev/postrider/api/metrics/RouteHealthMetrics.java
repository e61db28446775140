package dev.postrider.api.metrics;

import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.delivery.route.RouteStatus;
import jakarta.inject.Singleton;
import java.util.List;

/** The metrics of the health of routes, as this worker sees them. */
@Singleton
final class RouteHealthMetrics {

  private final RouteHealths healths;

  RouteHealthMetrics(RouteHealths healths) {
    this.healths = healths;
  }

  List<MetricFamily> families() {
    MetricFamily up = new MetricFamily(Metric.ROUTE_UP);
    MetricFamily waiting = new MetricFamily(Metric.ROUTE_WAITING_MAILS);
    MetricFamily probes = new MetricFamily(Metric.ROUTE_PROBES);
    MetricFamily success = new MetricFamily(Metric.ROUTE_LAST_SUCCESS_SECONDS);
    for (RouteStatus status : healths.statuses()) {
      String route = status.route();
      up.add(status.waiting().isEmpty() ? 1 : 0, "route", route);
      waiting.add(status.parked(), "route", route);
      probes.add(status.probes(), "route", route);
      success.add(status.sinceStartOrSuccess().toMillis() / 1e3, "route", route);
    }
    return List.of(up, waiting, probes, success);
  }
}
