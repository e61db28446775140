package dev.postrider.redis.connection;

import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Reads {@code quarkus.redis.*}, so that hosts, TLS, passwords, Sentinel and Cluster are configured
 * as in every Quarkus application; the connections themselves are ours, one client for each link.
 */
public final class QuarkusRedis {

  private static final String CLIENT = RedisConfig.DEFAULT_CLIENT_NAME;
  private static final int STANDARD_PORT = 6379;

  /** What has to be mapped where no container does it. */
  public static Class<?> settings() {
    return RedisConfig.class;
  }

  /** Also for programs without a container; these have no {@code hosts-provider-name}. */
  @Produces
  @Singleton
  public RedisServers servers(
      Vertx vertx, Config config, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxy) {
    RedisClientConfig settings =
        config
            .unwrap(SmallRyeConfig.class)
            .getConfigMapping(RedisConfig.class)
            .clients()
            .get(CLIENT);
    Set<URI> hosts = hosts(settings);
    List<String> addresses = hosts.stream().map(QuarkusRedis::address).toList();
    return settings.clientType() == RedisClientType.CLUSTER
        ? new RedisServers(
            vertx, server -> create(vertx, one(settings, hosts, server), tls, proxy), addresses)
        : new RedisServers(
            vertx, loop -> create(loop, settings, tls, proxy), String.join(",", addresses));
  }

  private static Redis create(
      Vertx vertx,
      RedisClientConfig settings,
      TlsConfigurationRegistry tls,
      ProxyConfigurationRegistry proxy) {
    return VertxRedisClientFactory.create(CLIENT, vertx, settings, tls, proxy);
  }

  /** The settings of a cluster, for one of its servers; scheme and credentials are the same. */
  private static RedisClientConfig one(RedisClientConfig settings, Set<URI> hosts, String server) {
    URI seed = hosts.iterator().next();
    String user = seed.getRawUserInfo() == null ? "" : seed.getRawUserInfo() + "@";
    URI host = URI.create(seed.getScheme() + "://" + user + server);
    return (RedisClientConfig)
        Proxy.newProxyInstance(
            RedisClientConfig.class.getClassLoader(),
            new Class<?>[] {RedisClientConfig.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hosts" -> Optional.of(Set.of(host));
                  case "clientType" -> RedisClientType.STANDALONE;
                  default -> method.invoke(settings, arguments);
                });
  }

  private static Set<URI> hosts(RedisClientConfig settings) {
    return settings
        .hosts()
        .or(() -> settings.hostsProviderName().map(QuarkusRedis::provided))
        .orElse(Set.of());
  }

  private static Set<URI> provided(String name) {
    return VertxRedisClientFactory.findProvider(name).getHosts();
  }

  /** Without credentials; a host that is no name by RFC 2396, such as redis_1, has an authority. */
  private static String address(URI uri) {
    if (uri.getAuthority() == null) {
      return uri.getPath();
    }
    String place = uri.getAuthority().substring(uri.getAuthority().lastIndexOf('@') + 1);
    return place.matches(".*:[0-9]+") ? place : place + ":" + STANDARD_PORT;
  }
}
