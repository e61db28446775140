package dev.postrider.cli.config;

import dev.postrider.cli.Exit;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import java.util.Optional;

/** Named proxies are not supported: commands use {@code quarkus.redis.tcp.proxy-options}. */
public final class CliProxyRegistry implements ProxyConfigurationRegistry {

  @Override
  public Optional<ProxyConfiguration> get(Optional<String> name) {
    if (name.isPresent() && !name.get().equals(NONE)) {
      throw Exit.failed(
          "Commands do not support named proxies (%s): use quarkus.redis.tcp.proxy-options.*."
              .formatted(name.get()));
    }
    return Optional.empty();
  }
}
