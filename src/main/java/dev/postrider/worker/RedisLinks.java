package dev.postrider.worker;

import dev.postrider.redis.Ailments;
import dev.postrider.redis.Link;
import dev.postrider.redis.LinkSettings;
import dev.postrider.redis.RedisServers;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens the worker's links to Redis; what is refused on them ails the worker. */
@Singleton
final class RedisLinks {

  private final RedisServers redis;
  private final Ailments ailments;

  RedisLinks(RedisServers redis, Ailments ailments) {
    this.redis = redis;
    this.ailments = ailments;
  }

  /** A link of the calling event loop. */
  Link open() {
    return redis.link(LinkSettings.defaults(), ailments);
  }

  /** A link to wait on for each queue: the same one for all, unless they may live apart. */
  Map<String, Link> openWaiting(List<String> queues) {
    Map<String, Link> links = new LinkedHashMap<>();
    Link shared = open();
    queues.forEach(queue -> links.put(queue, redis.spread() ? open() : shared));
    return links;
  }
}
