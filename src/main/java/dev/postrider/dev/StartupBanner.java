package dev.postrider.dev;

import dev.postrider.config.Settings;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.Routes;
import dev.postrider.dev.redis.RedisVersion;
import dev.postrider.redis.connection.RedisServers;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Says on the console what runs: all of it once, a line after each live reload. */
@IfBuildProfile("dev")
@Singleton
final class StartupBanner {

  private static final String PORT = "http-port";

  private final Settings settings;
  private final Routes routes;
  private final RedisServers redis;
  private final RedisVersion version;
  private final HttpPort port;
  private final ReloadState reloadState = ReloadState.shared();

  StartupBanner(
      Settings settings, Routes routes, RedisServers redis, RedisVersion version, HttpPort port) {
    this.settings = settings;
    this.routes = routes;
    this.redis = redis;
    this.version = version;
    this.port = port;
  }

  void begin(@Observes StartupEvent event) {
    reloadState.running().drainPermits();
    if (reloadState.notes().containsKey(PORT)) {
      print("Postrider was reloaded: " + url());
    } else {
      port.advice().ifPresent(StartupBanner::print);
    }
  }

  /** Comes once: the HTTP server outlives live reload. */
  void listening(@ObservesAsync HttpServerStart start) {
    reloadState.notes().put(PORT, start.options().getPort());
    print(block().text());
  }

  /** Last of all: Redis may end when nothing needs it any more. */
  void end(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
    reloadState.running().release();
  }

  private BannerText block() {
    String first = settings.queues().get(0).split("=")[0].trim();
    return new BannerText(
        url(),
        redis.address(),
        version.text(),
        routes.all().stream().map(this::described).collect(Collectors.joining(", ")),
        new BannerText.Queues(String.join(", ", settings.queues()), first, settings.keyPrefix()),
        settings.concurrency());
  }

  private String described(Route route) {
    String address = route.host() + ":" + route.port();
    return route.name().equals(Route.DEFAULT) ? address : route.name() + " at " + address;
  }

  private String url() {
    return "http://localhost:" + reloadState.notes().get(PORT);
  }

  private static void print(String text) {
    System.out.println(text);
  }
}
