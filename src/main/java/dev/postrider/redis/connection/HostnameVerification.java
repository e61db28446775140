package dev.postrider.redis.connection;

import io.quarkus.arc.Unremovable;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;

/**
 * Checks the host name in the certificate of Redis if the TLS configuration does not say how to:
 * without that setting the client does not connect.
 */
@Singleton
@Unremovable
final class HostnameVerification implements RedisOptionsCustomizer {

  private static final String BY_RFC_2818 = "HTTPS";

  @Override
  public void customize(String client, RedisOptions options) {
    NetClientOptions net = options.getNetClientOptions();
    if (net.isSsl() && net.getHostnameVerificationAlgorithm() == null) {
      net.setHostnameVerificationAlgorithm(BY_RFC_2818);
    }
  }
}
