package dev.postrider.redis.connection;

import dev.postrider.redis.health.FatalErrors;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Where Redis is, as {@code quarkus.redis.*} says: makes links that belong to the event loop they
 * are made on. One server, the master that sentinels name, or a cluster.
 *
 * <p>One client serves one connection, because closing the client is the only way to close it for
 * good: closing a pooled connection merely returns it.
 */
public final class RedisServers {

  private final Vertx vertx;
  private final Function<String, Redis> clientFactory;
  private final List<String> seeds;
  private final String address;

  /**
   * One server, or the master that sentinels name.
   *
   * @param vertx owner of the event loops
   * @param factory makes a client on the calling context
   * @param address what people read in logs; without credentials
   */
  public RedisServers(Vertx vertx, Function<Vertx, Redis> factory, String address) {
    this.vertx = vertx;
    this.clientFactory = server -> factory.apply(vertx);
    this.seeds = List.of();
    this.address = address;
  }

  /**
   * A cluster.
   *
   * @param vertx owner of the event loops
   * @param dial makes a client of one server, given as {@code host:port}, on the calling context
   * @param seeds some servers of it, at least one
   */
  public RedisServers(Vertx vertx, Function<String, Redis> dial, List<String> seeds) {
    this.vertx = vertx;
    this.clientFactory = dial;
    this.seeds = List.copyOf(seeds);
    this.address = String.join(",", seeds);
  }

  /** Host and port of what is configured, without credentials. */
  public String address() {
    return address;
  }

  /** True if queues may live on different servers, so that no one command reads several. */
  public boolean isCluster() {
    return !seeds.isEmpty();
  }

  /** A link that dials at its first command; call it on the context that will use it. */
  public Link link(LinkSettings settings) {
    return link(settings, (request, failure) -> {});
  }

  /** As {@link #link(LinkSettings)}, whose failures are noted as ailments of this worker. */
  public Link link(LinkSettings settings, FatalErrors fatalErrors) {
    BiConsumer<Request, Throwable> note = fatalErrors::record;
    return link(settings, note);
  }

  private Link link(LinkSettings settings, BiConsumer<Request, Throwable> refused) {
    return new Link(vertx, opened -> connection(settings, opened), refused);
  }

  private Connection connection(LinkSettings settings, Runnable opened) {
    return isCluster()
        ? new ClusterConnection(vertx, seeds, server -> serverConnection(server, settings, opened))
        : serverConnection(address, settings, opened);
  }

  private ServerConnection serverConnection(String server, LinkSettings settings, Runnable opened) {
    return new ServerConnection(vertx, () -> clientFactory.apply(server), settings, opened);
  }
}
