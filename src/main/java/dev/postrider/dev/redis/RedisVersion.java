package dev.postrider.dev.redis;

import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Asks Redis which version it is. */
@IfBuildProfile("dev")
@Singleton
public final class RedisVersion {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String FIELD = "redis_version:";

  private final RedisServers servers;

  RedisVersion(RedisServers servers) {
    this.servers = servers;
  }

  /** Such as {@code version 7.0.15}, or that it does not answer. Blocks for 10 s at most. */
  public String text() {
    Link link = servers.link(LinkSettings.defaults());
    try {
      return link.send(Request.cmd(Command.INFO).arg("server"))
          .map(RedisVersion::version)
          .onFailure()
          .recoverWithItem(failure -> "no answer yet: " + failure.getMessage())
          .await()
          .atMost(PATIENCE);
    } finally {
      link.close();
    }
  }

  private static String version(Response info) {
    return info.toString()
        .lines()
        .filter(line -> line.startsWith(FIELD))
        .map(line -> "version " + line.substring(FIELD.length()))
        .findFirst()
        .orElse("version unknown");
  }
}
