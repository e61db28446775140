package dev.postrider.redis.health;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Asks Redis every second, on a connection of its own, whether it is there. The one place that
 * tells people so, unless a person has to act: everyone else just tries again.
 */
@Singleton
public final class RedisHealth {

  private static final Logger LOG = Logger.getLogger(RedisHealth.class);

  /** A Redis that was silent for longer counts as gone: longer than a fork or a slow script. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** Redis is still gone: said again this often. */
  private static final Duration REMINDER = Duration.ofSeconds(60);

  private static final LinkSettings PATIENCE =
      new LinkSettings(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(500));

  private final Vertx vertx;
  private final RedisServers servers;
  private final FatalErrors fatalErrors;
  private Link link;
  private long timer = -1;
  private boolean asking;
  private long complainedAt;
  private boolean complained;
  private volatile long answeredAt;
  private volatile boolean everAnswered;

  RedisHealth(Vertx vertx, RedisServers servers, FatalErrors fatalErrors) {
    this.vertx = vertx;
    this.servers = servers;
    this.fatalErrors = fatalErrors;
  }

  /** True if Redis answered within the last ten seconds. */
  public boolean isAvailable() {
    return everAnswered && System.nanoTime() - answeredAt < SILENCE_MAX.toNanos();
  }

  void start(@Observes StartupEvent event) {
    link = servers.link(PATIENCE, fatalErrors);
    vertx.getOrCreateContext().runOnContext(turn -> begin());
  }

  private void begin() {
    timer = vertx.setPeriodic(BEAT.toMillis(), beat -> ask());
    ask();
  }

  void stop(@Observes ShutdownEvent event) {
    vertx.cancelTimer(timer);
    link.close();
  }

  private void ask() {
    if (!asking) {
      asking = true;
      link.send(Request.cmd(Command.PING)).subscribe().with(this::here, this::gone);
    }
  }

  private void here(Response pong) {
    asking = false;
    answeredAt = System.nanoTime();
    everAnswered = true;
    if (complained) {
      complained = false;
      LOG.infof("Redis at %s answers again. Mail flows.", servers.address());
    }
  }

  private void gone(Throwable cause) {
    asking = false;
    if (RedisError.of(cause).isFatal()) { // Told among the ailments.
      return;
    }
    long now = System.nanoTime();
    if (!complained || now - complainedAt >= REMINDER.toNanos()) {
      complained = true;
      complainedAt = now;
      LOG.warnf(
          "Redis at %s does not answer: %s. Mail waits; trying again every few seconds."
              + " Check quarkus.redis.hosts (QUARKUS_REDIS_HOSTS).",
          servers.address(), cause.getMessage());
    }
  }
}
