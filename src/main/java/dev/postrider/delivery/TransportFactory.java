package dev.postrider.delivery;

import dev.postrider.config.Settings;
import dev.postrider.delivery.vertxmail.VertxMailTransport;
import dev.postrider.handler.HandlerErrors;
import dev.postrider.smtp.SmtpPool;
import dev.postrider.smtp.Workarounds;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens the configured kind of transport for an event loop. */
@Singleton
public final class TransportFactory {

  private final Settings settings;
  private final Routes routes;
  private final RouteRules rules;
  private final SmtpServerFactory servers;
  private final HandlerErrors errors;
  private final Map<String, Workarounds> workarounds = new ConcurrentHashMap<>(); // by route

  TransportFactory(
      Settings settings,
      Routes routes,
      RouteRules rules,
      SmtpServerFactory servers,
      HandlerErrors errors) {
    this.settings = settings;
    this.routes = routes;
    this.rules = rules;
    this.servers = servers;
    this.errors = errors;
    routes.all().forEach(route -> servers.of(route, 1)); // A contradiction stops the start.
  }

  /** The names of all routes. */
  public List<String> routes() {
    return routes.all().stream().map(Route::name).toList();
  }

  /**
   * @param context the calling event loop
   * @param inFlight mails that may be in flight on it
   */
  public Transport open(Context context, int inFlight) {
    int wanted = settings.connectionsPerRoute().orElse(settings.concurrency());
    int connections = share(wanted, inFlight, settings.concurrency());
    return switch (settings.transport()) {
      case SMTP ->
          new SmtpTransport(routes, rules, route -> pool(context.owner(), route, connections));
      case QUARKUS_MAILER -> new VertxMailTransport(context.owner(), routes, rules, connections);
    };
  }

  private Workarounds workarounds(Route route) {
    return workarounds.computeIfAbsent(
        route.name(), name -> new Workarounds(WorkaroundLog.of(route)));
  }

  private SmtpPool pool(Vertx vertx, Route route, int connections) {
    return new SmtpPool(vertx, servers.of(route, connections), errors, workarounds(route));
  }

  /**
   * The share of one event loop in the connections of the process, in proportion to its mails in
   * flight: rounded down, but at least one.
   */
  static int share(int connections, int inFlight, int concurrency) {
    return (int) Math.max(1, (long) connections * inFlight / concurrency);
  }
}
