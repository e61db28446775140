package dev.postrider.redis.connection;

import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.health.FatalErrors;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The configured Redis: one server, the master that Sentinel names, or a cluster. Creates links;
 * each belongs to the event loop that it is created on.
 *
 * <p>Each connection has a client of its own, because only closing the client closes the
 * connection: closing a pooled connection returns it to the pool.
 */
public final class RedisServers {

  private final Vertx vertx;
  private final HandlerErrors errors;
  private final Function<String, Redis> clientFactory;
  private final List<String> seeds;
  private final String address;

  /**
   * One server, or the master that Sentinel names.
   *
   * @param vertx owner of the event loops
   * @param factory creates a client on the calling context
   * @param address for log lines; without credentials
   */
  public RedisServers(
      Vertx vertx, HandlerErrors errors, Function<Vertx, Redis> factory, String address) {
    this.vertx = vertx;
    this.errors = errors;
    this.clientFactory = server -> factory.apply(vertx);
    this.seeds = List.of();
    this.address = address;
  }

  /**
   * A cluster.
   *
   * @param vertx owner of the event loops
   * @param clientFactory creates a client of one server, given as {@code host:port}, on the calling
   *     context
   * @param seeds some of its servers, at least one
   */
  public RedisServers(
      Vertx vertx,
      HandlerErrors errors,
      Function<String, Redis> clientFactory,
      List<String> seeds) {
    this.vertx = vertx;
    this.errors = errors;
    this.clientFactory = clientFactory;
    this.seeds = List.copyOf(seeds);
    this.address = String.join(",", seeds);
  }

  /** The configured hosts and ports, without credentials. */
  public String address() {
    return address;
  }

  /** True if queues may be on different servers, so one command cannot read several queues. */
  public boolean isCluster() {
    return !seeds.isEmpty();
  }

  /** A link that connects at its first command; call it on the context that will use it. */
  public Link link(LinkSettings settings) {
    return link(settings, (request, failure) -> {});
  }

  /** As {@link #link(LinkSettings)}; its fatal errors make this worker not ready. */
  public Link link(LinkSettings settings, FatalErrors fatalErrors) {
    BiConsumer<Request, Throwable> onFailure = fatalErrors::record;
    return link(settings, onFailure);
  }

  private Link link(LinkSettings settings, BiConsumer<Request, Throwable> onFailure) {
    return new Link(vertx, errors, onConnected -> connection(settings, onConnected), onFailure);
  }

  private Connection connection(LinkSettings settings, Runnable onConnected) {
    return isCluster()
        ? new ClusterConnection(
            vertx, seeds, errors, server -> serverConnection(server, settings, onConnected))
        : serverConnection(address, settings, onConnected);
  }

  private ServerConnection serverConnection(
      String server, LinkSettings settings, Runnable onConnected) {
    return new ServerConnection(
        vertx, () -> clientFactory.apply(server), settings, errors, onConnected);
  }
}
