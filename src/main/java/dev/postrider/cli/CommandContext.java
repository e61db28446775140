package dev.postrider.cli;

import dev.postrider.cli.config.CliConfiguration;
import dev.postrider.cli.config.CliProxyRegistry;
import dev.postrider.cli.config.CliTlsRegistry;
import dev.postrider.config.Settings;
import dev.postrider.delivery.RouteProbe;
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

/**
 * What a command works with. Settings, event loop and the link to Redis are made at first use, so
 * that a command which needs none of them waits for none. Belongs to one thread.
 */
public final class CommandContext implements AutoCloseable {

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
  private WorkerSettings plan;
  private Vertx vertx;
  private RedisServers servers;
  private Link link;

  /**
   * @param more settings that win over all others
   */
  CommandContext(Terminal terminal, Map<String, String> more) {
    this.terminal = terminal;
    this.more = more;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** Settings that win over all others. */
  public Map<String, String> more() {
    return more;
  }

  SmallRyeConfig config() {
    if (config == null) {
      config = CliConfiguration.read(more);
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
    return plan().queues();
  }

  /** The settings as the worker uses them. */
  public WorkerSettings plan() {
    if (plan == null) {
      plan = new WorkerSettings(settings());
    }
    return plan;
  }

  /** A queue by its name; it has to be configured, or mail would wait there for nobody. */
  public String queue(String name) {
    if (!queues().contains(name)) {
      throw new WrongUsage(
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

  /** Where Redis is. */
  RedisServers redis() {
    if (servers == null) {
      servers = new QuarkusRedis().servers(vertx(), config(), tls(), new CliProxyRegistry());
    }
    return servers;
  }

  /** The configured routes and their servers. */
  RouteProbe routes() {
    return RouteProbe.of(vertx(), config(), settings(), tls());
  }

  private TlsConfigurationRegistry tls() {
    return new CliTlsRegistry(config(), vertx());
  }

  /** The one connection to Redis that short commands share. */
  public Link link() {
    if (link == null) {
      link = redis().link(PATIENCE);
    }
    return link;
  }

  /** Waits for a reply; fails with a sentence for people if Redis gives none. */
  public <T> T await(Uni<T> reply) {
    try {
      return reply.await().atMost(LONGEST);
    } catch (RedisUnavailable down) {
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
