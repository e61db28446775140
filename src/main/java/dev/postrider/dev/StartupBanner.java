package dev.postrider.dev;

import dev.postrider.config.Settings;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.Routes;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.redis.health.ServerInfoReader;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Collectors;

/** Prints the addresses of dev mode: all once, one line after each live reload. */
@IfBuildProfile("dev")
@Singleton
final class StartupBanner {

  private static final String PORT = "http-port";
  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(10);

  private final Settings settings;
  private final Routes routes;
  private final RedisServers redis;
  private final HttpPort port;
  private final ReloadState reloadState = ReloadState.shared();

  StartupBanner(Settings settings, Routes routes, RedisServers redis, HttpPort port) {
    this.settings = settings;
    this.routes = routes;
    this.redis = redis;
    this.port = port;
  }

  void onStart(@Observes StartupEvent event) {
    reloadState.running().drainPermits();
    if (reloadState.ports().containsKey(PORT)) {
      print("Postrider was reloaded: " + url());
    } else {
      port.advice().ifPresent(StartupBanner::print);
    }
  }

  /** Called once: live reload does not restart the HTTP server. */
  void onListening(@ObservesAsync HttpServerStart start) {
    reloadState.ports().put(PORT, start.options().getPort());
    print(bannerText().text());
  }

  /** Observed last: Redis stops when the application no longer needs it. */
  void onShutdown(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
    reloadState.running().release();
  }

  private BannerText bannerText() {
    String first = settings.queues().get(0).split("=")[0].trim();
    return new BannerText(
        url(),
        redis.address(),
        redisVersion(),
        routes.all().stream().map(this::describe).collect(Collectors.joining(", ")),
        new BannerText.Queues(String.join(", ", settings.queues()), first, settings.keyPrefix()),
        settings.concurrency());
  }

  private String redisVersion() {
    Link link = redis.link(LinkSettings.defaults());
    try {
      return new ServerInfoReader(link)
          .read()
          .map(info -> "version " + info.version())
          .onFailure()
          .recoverWithItem(failure -> "no reply yet: " + failure.getMessage())
          .await()
          .atMost(REDIS_TIMEOUT);
    } finally {
      link.close();
    }
  }

  private String describe(Route route) {
    String address = route.host() + ":" + route.port();
    return route.name().equals(Route.DEFAULT) ? address : route.name() + " at " + address;
  }

  private String url() {
    return "http://localhost:" + reloadState.ports().get(PORT);
  }

  private static void print(String text) {
    System.out.println(text);
  }
}
