package dev.postrider.redis.connection;

import dev.postrider.handler.HandlerErrors;
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
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * Reads {@code quarkus.redis.*}, so hosts, TLS, passwords, Sentinel and Cluster are configured as
 * in every Quarkus application. Each connection is a client of its own.
 */
public final class QuarkusRedis {

  private static final String CLIENT = RedisConfig.DEFAULT_CLIENT_NAME;
  private static final int DEFAULT_PORT = 6379;

  /** The mapping that a program without a CDI container must register. */
  public static Class<?> settings() {
    return RedisConfig.class;
  }

  /** Also for programs without a CDI container; they cannot use {@code hosts-provider-name}. */
  @Produces
  @Singleton
  public RedisServers servers(
      Vertx vertx,
      Config config,
      TlsConfigurationRegistry tls,
      ProxyConfigurationRegistry proxy,
      HandlerErrors errors) {
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
            vertx,
            errors,
            server -> create(vertx, oneServer(settings, hosts, server), tls, proxy),
            addresses)
        : new RedisServers(
            vertx, errors, loop -> create(loop, settings, tls, proxy), String.join(",", addresses));
  }

  private static Redis create(
      Vertx vertx,
      RedisClientConfig settings,
      TlsConfigurationRegistry tls,
      ProxyConfigurationRegistry proxy) {
    return VertxRedisClientFactory.create(CLIENT, vertx, settings, tls, proxy);
  }

  /** The same scheme and credentials for each server of a cluster. */
  private static RedisClientConfig oneServer(
      RedisClientConfig settings, Set<URI> hosts, String server) {
    URI seed = hosts.iterator().next();
    String user = seed.getRawUserInfo() == null ? "" : seed.getRawUserInfo() + "@";
    return ClientInternals.oneServer(
        settings, URI.create(seed.getScheme() + "://" + user + server));
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

  /** Without credentials. A host such as redis_1, no name by RFC 2396, has an authority only. */
  private static String address(URI uri) {
    if (uri.getAuthority() == null) {
      return uri.getPath();
    }
    String host = uri.getAuthority().substring(uri.getAuthority().lastIndexOf('@') + 1);
    return host.matches(".*:[0-9]+") ? host : host + ":" + DEFAULT_PORT;
  }
}
