package dev.postrider.cli;

import dev.postrider.cli.config.CliConfiguration;
import dev.postrider.cli.config.CliProxyRegistry;
import dev.postrider.cli.config.CliTlsRegistry;
import dev.postrider.config.Settings;
import dev.postrider.delivery.RouteProbe;
import dev.postrider.delivery.Routes;
import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.QuarkusRedis;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.worker.WorkerSettings;
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
import java.util.concurrent.TimeUnit;

/**
 * Gives a command its settings, event loop and connection to Redis. Each is created at first use,
 * so that a command waits only for what it needs. Used by one thread.
 */
public final class CommandContext implements AutoCloseable {

  /** Short, since a person waits: three seconds to connect and three for a reply. */
  private static final LinkSettings LINK_SETTINGS =
      new LinkSettings(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(500));

  /** Of one call, which may send several commands to Redis. */
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final Map<String, String> overrides;
  private SmallRyeConfig config;
  private Settings settings;
  private WorkerSettings workerSettings;
  private Vertx vertx;
  private RedisServers servers;
  private Link link;

  /**
   * @param overrides settings that take precedence over all others
   */
  CommandContext(Terminal terminal, Map<String, String> overrides) {
    this.terminal = terminal;
    this.overrides = overrides;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Settings that take precedence over all others. */
  public Map<String, String> overrides() {
    return overrides;
  }

  SmallRyeConfig config() {
    if (config == null) {
      config = CliConfiguration.read(overrides);
    }
    return config;
  }

  public Settings settings() {
    if (settings == null) {
      settings = config().getConfigMapping(Settings.class);
    }
    return settings;
  }

  public String prefix() {
    return settings().keyPrefix();
  }

  /** The configured queues, checked as the worker checks them. */
  List<String> queues() {
    return workerSettings().queues();
  }

  /** The settings as the worker uses them. */
  public WorkerSettings workerSettings() {
    if (workerSettings == null) {
      workerSettings = new WorkerSettings(settings());
    }
    return workerSettings;
  }

  /** Checks that a queue is configured: no worker would read the mail of another one. */
  public String queue(String name) {
    if (!queues().contains(name)) {
      throw Exit.wrongUsage(
          "There is no queue %s; configured in postrider.queues: %s."
              .formatted(name, String.join(", ", queues())));
    }
    return name;
  }

  /** The named queue, or all. */
  public List<String> queuesOf(Optional<String> name) {
    return name.map(this::queue).map(List::of).orElseGet(this::queues);
  }

  public Vertx vertx() {
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

  /** The configured Redis servers. */
  RedisServers redis() {
    if (servers == null) {
      servers =
          new QuarkusRedis()
              .servers(vertx(), config(), tls(), new CliProxyRegistry(), new HandlerErrors());
    }
    return servers;
  }

  /** The configured routes. */
  public Routes routes() {
    return Routes.withoutContainer(config());
  }

  RouteProbe routeProbe() {
    return RouteProbe.of(vertx(), config(), settings(), tls());
  }

  private TlsConfigurationRegistry tls() {
    return new CliTlsRegistry(config(), vertx());
  }

  /** The connection to Redis. */
  public Link link() {
    if (link == null) {
      link = redis().link(LINK_SETTINGS);
    }
    return link;
  }

  /** Waits for a reply; fails with a message for the user if Redis gives none. */
  public <T> T await(Uni<T> reply) {
    try {
      return reply.await().atMost(CALL_TIMEOUT);
    } catch (RedisUnavailable down) {
      throw Exit.failed(
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
          .orTimeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .exceptionally(late -> null)
          .join();
    }
  }
}
