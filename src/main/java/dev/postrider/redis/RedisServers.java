package dev.postrider.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import java.util.function.Function;

/**
 * Where Redis is, as {@code quarkus.redis.*} says: makes clients that belong to the event loop they
 * are made on.
 *
 * <p>One client serves one {@link Link}, because closing the client is the only way to close a
 * connection for good: closing a pooled connection merely returns it.
 */
public final class RedisServers {

  private final Vertx vertx;
  private final Function<Vertx, Redis> factory;
  private final String address;

  /**
   * @param vertx owner of the event loops
   * @param factory makes a client on the calling context
   * @param address what people read in logs; without credentials
   */
  public RedisServers(Vertx vertx, Function<Vertx, Redis> factory, String address) {
    this.vertx = vertx;
    this.factory = factory;
    this.address = address;
  }

  /** Host and port, without credentials. */
  public String address() {
    return address;
  }

  /** A link that dials at its first command; call it on the context that will use it. */
  public Link link(LinkSettings settings) {
    return new Link(vertx, () -> factory.apply(vertx), settings);
  }
}
