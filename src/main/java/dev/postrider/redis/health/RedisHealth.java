package dev.postrider.redis.health;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.timing.PeriodicProbe;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Checks every second, on a separate connection, whether Redis answers. It alone logs that Redis is
 * away, except for errors that an operator has to repair ({@link FatalErrors}).
 */
@Singleton
public final class RedisHealth {

  private static final Logger LOG = Logger.getLogger(RedisHealth.class);

  /** A Redis that was silent for longer counts as gone: longer than a fork or a slow script. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** While Redis is away, this is logged again so often. */
  private static final Duration REMINDER_INTERVAL = Duration.ofSeconds(60);

  private static final LinkSettings TIMEOUTS =
      new LinkSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(500));

  private final Vertx vertx;
  private final RedisServers servers;
  private final FatalErrors fatalErrors;
  private final PeriodicProbe probe =
      new PeriodicProbe(CHECK_INTERVAL, this::ping, System::nanoTime);
  private Link link;
  private long loggedAt;
  private boolean logged;

  RedisHealth(Vertx vertx, RedisServers servers, FatalErrors fatalErrors) {
    this.vertx = vertx;
    this.servers = servers;
    this.fatalErrors = fatalErrors;
  }

  /** True if Redis answered within the last ten seconds. */
  public boolean isAvailable() {
    return probe.succeededWithin(SILENCE_MAX);
  }

  void start(@Observes StartupEvent event) {
    link = servers.link(TIMEOUTS, fatalErrors);
    probe.start(vertx);
  }

  void stop(@Observes ShutdownEvent event) {
    probe.stop();
    link.close();
  }

  private Uni<Response> ping() {
    return link.send(Request.cmd(Command.PING))
        .invoke(this::answered)
        .onFailure()
        .invoke(this::failed);
  }

  private void answered() {
    if (logged) {
      logged = false;
      LOG.infof("Redis at %s answers again. Mail flows.", servers.address());
    }
  }

  private void failed(Throwable cause) {
    if (RedisError.of(cause).isFatal()) { // FatalErrors logs it.
      return;
    }
    long now = System.nanoTime();
    if (!logged || now - loggedAt >= REMINDER_INTERVAL.toNanos()) {
      logged = true;
      loggedAt = now;
      LOG.warnf(
          "Redis at %s does not answer: %s. Mail waits; trying again every few seconds."
              + " Check quarkus.redis.hosts (QUARKUS_REDIS_HOSTS).",
          servers.address(), cause.getMessage());
    }
  }
}
