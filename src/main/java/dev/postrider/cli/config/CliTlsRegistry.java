package dev.postrider.cli.config;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Vertx;
import java.util.Optional;

/** The TLS configurations under {@code quarkus.tls.*}, read at first use. */
public final class CliTlsRegistry implements TlsConfigurationRegistry {

  private final SmallRyeConfig config;
  private final Vertx vertx;

  public CliTlsRegistry(SmallRyeConfig config, Vertx vertx) {
    this.config = config;
    this.vertx = vertx;
  }

  @Override
  public Optional<TlsConfiguration> get(String name) {
    return Optional.ofNullable(all().namedCertificateConfig().get(name))
        .map(bucket -> named(name, bucket));
  }

  @Override
  public Optional<TlsConfiguration> getDefault() {
    return all().defaultCertificateConfig().map(bucket -> named(TlsConfig.DEFAULT_NAME, bucket));
  }

  @Override
  public void register(String name, TlsConfiguration configuration) {
    throw new UnsupportedOperationException(
        "Commands read TLS configurations from the settings only.");
  }

  private TlsConfig all() {
    return config.getConfigMapping(TlsConfig.class);
  }

  private TlsConfiguration named(String name, TlsBucketConfig bucket) {
    return new CliTlsConfiguration(name, bucket, vertx);
  }
}
