package dev.postrider.delivery;

import dev.postrider.config.Settings;
import dev.postrider.smtp.Probe;
import dev.postrider.smtp.SmtpServer;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Asks the servers of the routes whether they would let us in; no mail is sent. */
@Singleton
public final class RouteProbe {

  private final Vertx vertx;
  private final Routes routes;
  private final SmtpServerFactory servers;

  RouteProbe(Vertx vertx, Routes routes, SmtpServerFactory servers) {
    this.vertx = vertx;
    this.routes = routes;
    this.servers = servers;
  }

  /**
   * For programs without a container; a default route without a server leads to this machine, as in
   * production.
   */
  public static RouteProbe of(
      Vertx vertx, Config config, Settings settings, TlsConfigurationRegistry tls) {
    return new RouteProbe(
        vertx, Routes.withoutContainer(config), new SmtpServerFactory(settings, tls));
  }

  /** All configured routes. */
  public List<Route> routes() {
    return routes.all();
  }

  /** Fails with a message for people, without secrets, if the server of a route turns us away. */
  @CheckReturnValue
  public Uni<Probe.ProbeResult> ask(Route route) {
    return Uni.createFrom()
        .deferred(() -> Uni.createFrom().item(servers.of(route, 1)))
        .chain(this::probe);
  }

  private Uni<Probe.ProbeResult> probe(SmtpServer server) {
    return Uni.createFrom().completionStage(() -> Probe.of(vertx, server).toCompletionStage());
  }
}
