package dev.postrider.delivery.route;

import dev.postrider.delivery.Route;
import dev.postrider.delivery.Routes;
import dev.postrider.retry.RetryPolicy;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The health of all routes of this process. */
@Singleton
public final class RouteHealths {

  private final Map<String, RouteHealth> byName = new LinkedHashMap<>();

  /**
   * @param delays the wait before each probe, by reason
   */
  public RouteHealths(Routes routes, RetryPolicy delays) {
    RouteHealth.Sources sources =
        new RouteHealth.Sources(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    for (Route route : routes.all()) {
      RouteLog log = new RouteLog(route, System::nanoTime);
      byName.put(route.name(), new RouteHealth(route.name(), delays, sources, log));
    }
  }

  /** The health of a configured route. */
  public RouteHealth of(String route) {
    return byName.get(route);
  }

  /** The names of all routes. */
  public List<String> routes() {
    return List.copyOf(byName.keySet());
  }

  /** All routes as they are now. */
  public List<RouteStatus> statuses() {
    return byName.values().stream().map(RouteHealth::status).toList();
  }
}
