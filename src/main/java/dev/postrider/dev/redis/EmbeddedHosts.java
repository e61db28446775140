package dev.postrider.dev.redis;

import dev.postrider.dev.DevDirectory;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.client.RedisHostsProvider;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Set;

/** Gives Quarkus the Redis of dev mode; not used if {@code quarkus.redis.hosts} is set. */
@IfBuildProfile("dev")
@Identifier("embedded")
@Singleton
final class EmbeddedHosts implements RedisHostsProvider {

  private final DevRedis redis = new DevRedis(DevDirectory.directory().resolve("redis"));
  private Set<URI> hosts = Set.of();

  @Override
  public synchronized Set<URI> getHosts() {
    if (hosts.isEmpty()) {
      hosts = Set.of(URI.create("redis://127.0.0.1:" + redis.port()));
    }
    return hosts;
  }
}
