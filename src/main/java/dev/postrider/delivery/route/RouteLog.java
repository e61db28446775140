package dev.postrider.delivery.route;

import dev.postrider.delivery.Route;
import dev.postrider.timing.WarnLimit;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Logs the waits of one route: one warning when it begins, at most one more per minute while it
 * lasts, one line when it is over.
 */
final class RouteLog implements RouteListener {

  private static final Logger LOG = Logger.getLogger(RouteLog.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final Route route;
  private final WarnLimit limit;

  RouteLog(Route route, LongSupplier nanoTime) {
    this.route = route;
    this.limit = new WarnLimit(INTERVAL, nanoTime);
  }

  @Override
  public void waits(RouteStatus status) {
    limit.warn(more -> warn("takes no mail", status, more));
  }

  @Override
  public void stillWaits(RouteStatus status) {
    limit.warn(more -> warn("still takes no mail", status, more));
  }

  private void warn(String what, RouteStatus status, String more) {
    RouteStatus.Waiting waiting = status.waiting().orElseThrow();
    LOG.warnf(
        "Route %s (%s:%d) %s: %s.%s It began %s ago; %d mails wait in Redis; the next try is in %s."
            + " %s",
        route.name(),
        route.host(),
        route.port(),
        what,
        waiting.words(),
        more,
        RouteAdvice.text(waiting.lasting()),
        status.parked(),
        RouteAdvice.text(waiting.nextProbe()),
        RouteAdvice.of(route.name(), waiting.reason()));
  }

  @Override
  public void works(RouteStatus last) {
    if (limit.end()) {
      String lasting =
          last.waiting().map(waiting -> RouteAdvice.text(waiting.lasting())).orElse("a moment");
      LOG.infof(
          "Route %s takes mail again, after %s. %d mails have waited and are sent now.",
          route.name(), lasting, last.parked());
    }
  }
}
