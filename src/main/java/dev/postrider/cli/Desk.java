package dev.postrider.cli;

import dev.postrider.config.Settings;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.redis.Link;
import dev.postrider.redis.LinkSettings;
import dev.postrider.redis.QuarkusRedis;
import dev.postrider.redis.RedisDown;
import dev.postrider.redis.RedisServers;
import dev.postrider.worker.WorkerPlan;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command works with. Settings, event loop and the link to Redis are made at first use, so
 * that a command which needs none of them waits for none. Belongs to one thread.
 */
final class Desk implements AutoCloseable {

  /** Somebody waits at a prompt: three seconds to connect and three for a reply. */
  private static final LinkSettings PATIENCE =
      new LinkSettings(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(500));

  /** Longer than any number of commands in one call takes; a reply has its own, shorter bound. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final Map<String, String> more;
  private SmallRyeConfig config;
  private Settings settings;
  private WorkerPlan plan;
  private Vertx vertx;
  private RedisServers servers;
  private Link link;

  /**
   * @param more settings that win over all others
   */
  Desk(Terminal terminal, Map<String, String> more) {
    this.terminal = terminal;
    this.more = more;
  }

  Terminal terminal() {
    return terminal;
  }

  /** Settings that win over all others. */
  Map<String, String> more() {
    return more;
  }

  SmallRyeConfig config() {
    if (config == null) {
      config = Configuration.read(more);
    }
    return config;
  }

  Settings settings() {
    if (settings == null) {
      settings = config().getConfigMapping(Settings.class);
    }
    return settings;
  }

  String prefix() {
    return settings().keyPrefix();
  }

  /** The configured queues, checked as the worker checks them. */
  List<String> queues() {
    return plan().queues();
  }

  /** The settings as the worker uses them. */
  WorkerPlan plan() {
    if (plan == null) {
      plan = new WorkerPlan(settings());
    }
    return plan;
  }

  /** A queue by its name; it has to be configured, or mail would wait there for nobody. */
  String queue(String name) {
    if (!queues().contains(name)) {
      throw new WrongUsage(
          "There is no queue %s; configured in postrider.queues: %s."
              .formatted(name, String.join(", ", queues())));
    }
    return name;
  }

  /** The named queue, or all. */
  List<String> queuesOf(Optional<String> name) {
    return name.map(this::queue).map(List::of).orElseGet(this::queues);
  }

  Vertx vertx() {
    if (vertx == null) {
      // The names of servers come from the system, as in the worker.
      System.setProperty("vertx.disableDnsResolver", "true");
      vertx =
          Vertx.vertx(
              new VertxOptions()
                  .setEventLoopPoolSize(1)
                  .setFileSystemOptions(
                      new FileSystemOptions()
                          .setFileCachingEnabled(false)
                          .setClassPathResolvingEnabled(false)));
    }
    return vertx;
  }

  /** Where Redis is. */
  RedisServers redis() {
    if (servers == null) {
      servers = new QuarkusRedis().servers(vertx(), config(), tls(), new NoProxies());
    }
    return servers;
  }

  /** The configured routes and their servers. */
  RouteProbe routes() {
    return RouteProbe.of(vertx(), config(), settings(), tls());
  }

  private TlsConfigurationRegistry tls() {
    return new TlsNames(config(), vertx());
  }

  /** The one connection to Redis that short commands share. */
  Link link() {
    if (link == null) {
      link = redis().link(PATIENCE);
    }
    return link;
  }

  /** Waits for a reply; fails with a sentence for people if Redis gives none. */
  <T> T await(Uni<T> reply) {
    try {
      return reply.await().atMost(LONGEST);
    } catch (RedisDown down) {
      throw new CommandFailed(
          "Redis at %s does not answer (%s): start it, or set QUARKUS_REDIS_HOSTS."
              .formatted(redis().address(), down.getMessage()));
    }
  }

  @Override
  public void close() {
    if (vertx != null) {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(FAREWELL.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
          .exceptionally(late -> null)
          .join();
    }
  }
}
