package dev.postrider.redis;

import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.redis.runtime.client.VertxRedisClientFactory;
import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Reads {@code quarkus.redis.*}, so that hosts, TLS, passwords, Sentinel and Cluster are configured
 * as in every Quarkus application; the connections themselves are ours, one client for each link.
 */
public final class QuarkusRedis {

  private static final String CLIENT = RedisConfig.DEFAULT_CLIENT_NAME;

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
    return new RedisServers(
        vertx,
        loop -> VertxRedisClientFactory.create(CLIENT, loop, settings, tls, proxy),
        address(settings));
  }

  private static String address(RedisClientConfig settings) {
    Set<URI> hosts =
        settings
            .hosts()
            .or(() -> settings.hostsProviderName().map(QuarkusRedis::provided))
            .orElse(Set.of());
    return hosts(hosts);
  }

  private static Set<URI> provided(String name) {
    return VertxRedisClientFactory.findProvider(name).getHosts();
  }

  private static String hosts(Collection<URI> uris) {
    return uris.stream()
        .map(uri -> uri.getHost() + ":" + uri.getPort())
        .collect(Collectors.joining(","));
  }
}
