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
        .recoverWithItem(error -> List.of(failed(error)));
  }

  private List<Diagnosis> connected(Probe.ProbeResult probeResult) {
    Diagnosis connection = connection(probeResult);
    return EhloName.isFullName(probeResult.ownName()) || isLocal()
        ? List.of(connection)
        : List.of(connection, ownName(probeResult.ownName()));
  }

  private Diagnosis connection(Probe.ProbeResult probeResult) {
    String detail =
        "%s:%d answers in %d ms, %s, %s"
            .formatted(
                route.host(),
                route.port(),
                probeResult.took().toMillis(),
                probeResult.encrypted() ? "TLS" : "no TLS",
                probeResult.loggedIn() ? "logged in" : "no login");
    return probeResult.encrypted() || isLocal()
        ? Diagnosis.ok(subject(), detail)
        : Diagnosis.warn(
            subject(),
            detail,
            "Set quarkus.mailer.start-tls to REQUIRED: without TLS others can read the mail.");
  }

  private Diagnosis ownName(String name) {
    return Diagnosis.warn(
        subject() + " own name",
        name + ", which is no full host name",
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
