package dev.postrider.redis.health;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.timing.PeriodicProbe;
import dev.postrider.timing.WarnLimit;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Sends a PING to Redis every second, on a connection of its own. The one place that logs that
 * Redis does not answer; everything else only retries. Errors for an operator are {@link
 * FatalErrors}.
 */
@Singleton
public final class RedisHealth {

  private static final Logger LOG = Logger.getLogger(RedisHealth.class);

  /** Longer than a fork or a slow script of Redis. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final Duration PING_INTERVAL = Duration.ofSeconds(1);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(60);

  private static final LinkSettings TIMEOUTS =
      new LinkSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(500));

  private final Vertx vertx;
  private final RedisServers servers;
  private final FatalErrors fatalErrors;
  private final PeriodicProbe probe =
      new PeriodicProbe(PING_INTERVAL, this::ping, System::nanoTime);
  private final WarnLimit outage = new WarnLimit(LOG_INTERVAL, System::nanoTime);
  private Link link;

  RedisHealth(Vertx vertx, RedisServers servers, FatalErrors fatalErrors) {
    this.vertx = vertx;
    this.servers = servers;
    this.fatalErrors = fatalErrors;
  }

  /** True if Redis answered within the last ten seconds; may be called from any thread. */
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

  private Uni<?> ping() {
    return link.send(Request.cmd(Command.PING))
        .invoke(this::available)
        .onFailure()
        .invoke(this::unavailable);
  }

  private void available() {
    if (outage.end()) {
      LOG.infof("Redis at %s answers again. Mail is sent again.", servers.address());
    }
  }

  private void unavailable(Throwable cause) {
    if (!RedisError.of(cause).isFatal()) {
      outage.warn(
          more ->
              LOG.warnf(
                  "Redis at %s does not answer: %s. Mail waits; the worker retries every few"
                      + " seconds. Check quarkus.redis.hosts (QUARKUS_REDIS_HOSTS).%s",
                  servers.address(), cause.getMessage(), more));
    }
  }
}
