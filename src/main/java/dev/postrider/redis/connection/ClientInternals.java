package dev.postrider.redis.connection;

import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.ZModem;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that Postrider needs of the Redis client beyond its public interfaces. An upgrade of
 * Vert.x or Quarkus may break it; its test names the version that it was checked against.
 */
public final class ClientInternals {

  private ClientInternals() {}

  /** The first key of a command; empty if it has none. */
  public static Optional<byte[]> firstKey(Request request) {
    List<byte[]> keys = ((RequestImpl) request).keys();
    return keys.isEmpty() ? Optional.empty() : Optional.of(keys.get(0));
  }

  /** The cluster slot of a key. */
  static int slot(byte[] key) {
    return ZModem.generate(key);
  }

  /** The settings of a cluster, changed to those of one of its servers. */
  static RedisClientConfig oneServer(RedisClientConfig cluster, URI server) {
    return (RedisClientConfig)
        Proxy.newProxyInstance(
            RedisClientConfig.class.getClassLoader(),
            new Class<?>[] {RedisClientConfig.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hosts" -> Optional.of(Set.of(server));
                  case "clientType" -> RedisClientType.STANDALONE;
                  default -> method.invoke(cluster, arguments);
                });
  }
}
