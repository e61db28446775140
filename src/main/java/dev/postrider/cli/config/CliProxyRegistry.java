package dev.postrider.cli.config;

import dev.postrider.cli.CommandFailed;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import java.util.Optional;

/** Commands reach Redis directly, or by {@code quarkus.redis.tcp.proxy-options}. */
public final class CliProxyRegistry implements ProxyConfigurationRegistry {

  @Override
  public Optional<ProxyConfiguration> get(Optional<String> name) {
    if (name.isPresent() && !name.get().equals(NONE)) {
      throw new CommandFailed(
          "Commands know no proxy by name (%s): use quarkus.redis.tcp.proxy-options.*."
              .formatted(name.get()));
    }
    return Optional.empty();
  }
}
