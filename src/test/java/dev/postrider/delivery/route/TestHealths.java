package dev.postrider.delivery.route;

import dev.postrider.mail.Reason;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.mail.Scope;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The health of a route whose clock the test sets. */
public final class TestHealths {

  private TestHealths() {}

  /** A healthy route that waits one minute before each probe. */
  public static RouteHealth healthy(String route, LongSupplier nanoTime) {
    Backoff minute = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1));
    return new RouteHealth(
        route,
        new RetryPolicy(new RetrySettings(12, minute, minute, minute)),
        new RouteHealth.Sources(nanoTime, () -> 0.5),
        new Silent());
  }

  /** Lets a route wait. */
  public static void refuse(RouteHealth health, Reason reason, String reply, long now) {
    RouteTrouble trouble = new RouteTrouble(Scope.ROUTE, reason, reply, Optional.empty());
    for (int n = 0; n < RouteHealth.FAILURES; n++) {
      health.failed(trouble, now + n, false);
    }
  }

  /** Notes nothing. */
  private static final class Silent implements RouteListener {
    @Override
    public void waits(RouteStatus status) {
      // Not of interest.
    }

    @Override
    public void stillWaits(RouteStatus status) {
      // Not of interest.
    }

    @Override
    public void works(RouteStatus last) {
      // Not of interest.
    }
  }
}
