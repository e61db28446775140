package dev.postrider.delivery;

import dev.postrider.smtp.WorkaroundListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Warns of what the server of a route offers and does not do: once an hour and not once for each
 * event loop that finds out. Thread-safe.
 */
final class WorkaroundLog {

  private static final Logger LOG = Logger.getLogger(WorkaroundLog.class);
  private static final Duration INTERVAL = Duration.ofHours(1);

  private final LongSupplier nanoTime;
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  /**
   * @param nanoTime the clock, such as {@code System::nanoTime}
   */
  WorkaroundLog(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  WorkaroundListener of(Route route) {
    return (what, cause) -> began(route, what, cause);
  }

  private void began(Route route, String what, String cause) {
    long now = nanoTime.getAsLong();
    long toldAt = told.merge(route.name() + " " + what, now, this::last);
    if (toldAt == now) {
      LOG.warnf(
          "Route %s: %s:%d offers %s, but it failed (%s). For an hour %s. To stop trying, set %s.",
          route.name(),
          route.host(),
          route.port(),
          what,
          AddressMasking.mask(cause),
          instead(what),
          setting(route, what));
    }
  }

  private long last(long before, long now) {
    return now - before < INTERVAL.toNanos() ? before : now;
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
