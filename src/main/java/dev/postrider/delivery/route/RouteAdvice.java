package dev.postrider.delivery.route;

import dev.postrider.delivery.Route;
import dev.postrider.mail.Reason;
import java.time.Duration;

/** What an operator can do about a route that waits, and since when, in words. */
public final class RouteAdvice {

  private static final int SECONDS_MAX = 120;

  private RouteAdvice() {}

  /** What to do, in one or two sentences. */
  public static String of(String route, Reason reason) {
    String keys =
        route.equals(Route.DEFAULT) ? "quarkus.mailer.*" : "quarkus.mailer." + route + ".*";
    return switch (reason) {
      case THROTTLED ->
          "The server asks for less mail. If this goes on, lower postrider.connections-per-route or"
              + " ask for a higher limit.";
      case ROUTE_DOWN -> "Check " + keys + ": username, password, TLS. postrider doctor helps.";
      default -> "Check that the server runs and that " + keys + " names its host and port.";
    };
  }

  /** Such as {@code 90 s} or {@code 12 min}. */
  public static String text(Duration time) {
    long seconds = Math.round(time.toMillis() / 1e3);
    return seconds < SECONDS_MAX ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }
}
