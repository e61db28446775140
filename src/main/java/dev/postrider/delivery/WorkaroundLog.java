package dev.postrider.delivery;

import dev.postrider.smtp.WorkaroundListener;
import org.jboss.logging.Logger;

/** Warns of what the server of a route offers and does not do. */
final class WorkaroundLog {

  private static final Logger LOG = Logger.getLogger(WorkaroundLog.class);

  private WorkaroundLog() {}

  static WorkaroundListener of(Route route) {
    return (what, cause) ->
        LOG.warnf(
            "Route %s: %s:%d offers %s, but it failed (%s). For an hour %s. To stop trying, set"
                + " %s.",
            route.name(),
            route.host(),
            route.port(),
            what,
            AddressMasking.mask(cause),
            instead(what),
            setting(route, what));
  }

  private static String instead(String what) {
    return switch (what) {
      case "CHUNKING" -> "mail is sent by DATA";
      case "PIPELINING" -> "commands are sent one by one";
      default -> "another login mechanism is used";
    };
  }

  private static String setting(Route route, String what) {
    String mailer =
        route.name().equals(Route.DEFAULT)
            ? "quarkus.mailer."
            : "quarkus.mailer." + route.name() + ".";
    return switch (what) {
      case "CHUNKING" -> "postrider.routes." + route.name() + ".chunking=false";
      case "PIPELINING" -> mailer + "pipelining=false";
      default -> mailer + "auth-methods to the mechanisms that work";
    };
  }
}
