package dev.postrider.doctor;

import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.smtp.EhloName;
import dev.postrider.smtp.Probe;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Checks one route: whether its server accepts a login, and whether the connection uses TLS. */
final class RouteCheck implements Check {

  private final RouteProbe probe;
  private final Route route;

  RouteCheck(RouteProbe probe, Route route) {
    this.probe = probe;
    this.route = route;
  }

  @Override
  public String subject() {
    return "route " + route.name();
  }

  @Override
  @CheckReturnValue
  public Uni<List<Diagnosis>> run() {
    return probe
        .ask(route)
        .map(this::connected)
        .onFailure()
        .recoverWithItem(this::failed)
        .map(List::of);
  }

  private Diagnosis connected(Probe.ProbeResult probeResult) {
    String detail =
        "%s:%d answers in %d ms, %s, %s"
            .formatted(
                route.host(),
                route.port(),
                probeResult.took().toMillis(),
                probeResult.encrypted() ? "TLS" : "no TLS",
                probeResult.loggedIn() ? "logged in" : "no login");
    if (isLocal()) {
      return Diagnosis.ok(subject(), detail);
    }
    if (!probeResult.encrypted()) {
      return Diagnosis.warn(
          subject(),
          detail,
          "Set quarkus.mailer.start-tls to REQUIRED: without TLS others can read the mail.");
    }
    return EhloName.isFullName(probeResult.ownName())
        ? Diagnosis.ok(subject(), detail)
        : Diagnosis.warn(
            subject(),
            detail + ", our name is " + probeResult.ownName(),
            "Set quarkus.mailer.own-host-name to the full name of this host, such as"
                + " mail.example.com: some servers refuse mail from others.");
  }

  private boolean isLocal() {
    return List.of("localhost", "127.0.0.1", "::1").contains(route.host());
  }

  private Diagnosis failed(Throwable cause) {
    return Diagnosis.fail(
        subject(),
        "%s:%d: %s".formatted(route.host(), route.port(), cause.getMessage()),
        "Check quarkus.mailer.* of this route: host, port, TLS, username and password.");
  }
}
