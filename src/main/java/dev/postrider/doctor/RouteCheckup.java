package dev.postrider.doctor;

import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.smtp.Probe;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Looks at one route: whether its server would let us in, and whether others could listen. */
final class RouteCheckup implements Checkup {

  private final RouteProbe probe;
  private final Route route;

  RouteCheckup(RouteProbe probe, Route route) {
    this.probe = probe;
    this.route = route;
  }

  @Override
  public String subject() {
    return "route " + route.name();
  }

  @Override
  @CheckReturnValue
  public Uni<List<Finding>> look() {
    return probe
        .ask(route)
        .map(this::judge)
        .onFailure()
        .recoverWithItem(this::turnedAway)
        .map(List::of);
  }

  private Finding judge(Probe.Welcome welcome) {
    String detail =
        "%s:%d answers in %d ms, %s, %s"
            .formatted(
                route.host(),
                route.port(),
                welcome.took().toMillis(),
                welcome.encrypted() ? "TLS" : "no TLS",
                welcome.loggedIn() ? "logged in" : "no login");
    return welcome.encrypted() || isHere()
        ? Finding.ok(subject(), detail)
        : Finding.warn(
            subject(),
            detail,
            "Set quarkus.mailer.start-tls to REQUIRED, so that nobody reads along.");
  }

  private boolean isHere() {
    return List.of("localhost", "127.0.0.1", "::1").contains(route.host());
  }

  private Finding turnedAway(Throwable cause) {
    return Finding.fail(
        subject(),
        "%s:%d: %s".formatted(route.host(), route.port(), cause.getMessage()),
        "Check quarkus.mailer.* of this route: host, port, TLS, username and password.");
  }
}
