package dev.postrider.worker;

import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.redis.health.FatalErrors;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens the worker's links to Redis; fatal errors on them are recorded. */
@Singleton
public final class RedisLinks {

  private final RedisServers redis;
  private final FatalErrors fatalErrors;

  RedisLinks(RedisServers redis, FatalErrors fatalErrors) {
    this.redis = redis;
    this.fatalErrors = fatalErrors;
  }

  /** A link of the calling event loop. */
  public Link open() {
    return redis.link(LinkSettings.defaults(), fatalErrors);
  }

  /** A link to wait on for each queue: the same one for all, except on a cluster. */
  Map<String, Link> openWaiting(List<String> queues) {
    Map<String, Link> links = new LinkedHashMap<>();
    Link shared = open();
    queues.forEach(queue -> links.put(queue, redis.isCluster() ? open() : shared));
    return links;
  }
}
