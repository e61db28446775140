package dev.postrider.queue;

import dev.postrider.support.redis.RedisFixture;
import java.util.List;

/** Counts the copies of the test's mail in a queue, wherever it may be. */
final class Copies {

  static final String MAIL = "{\"subject\":\"the mail\"}";

  private Copies() {}

  static long count(RedisFixture redis) {
    return inStream(redis) + in(redis, "dead") + in(redis, "held") + scheduled(redis);
  }

  static long inStream(RedisFixture redis) {
    return in(redis, "ready");
  }

  private static long in(RedisFixture redis, String stream) {
    return redis.command("TYPE", "mail:{q}:" + stream).equals("stream")
        ? redis
                .command("XRANGE", "mail:{q}:" + stream, "-", "+")
                .toString()
                .split("the mail", -1)
                .length
            - 1
        : 0;
  }

  /** Only what would be promoted counts. */
  private static long scheduled(RedisFixture redis) {
    if (!redis.command("TYPE", "mail:{q}:schedule").equals("zset")
        || !redis.command("TYPE", "mail:{q}:parked").equals("hash")) {
      return 0;
    }
    return ((List<?>) redis.command("ZRANGE", "mail:{q}:schedule", 0, -1))
        .stream()
            .map(member -> redis.command("HGET", "mail:{q}:parked", member))
            .filter(parked -> String.valueOf(parked).contains("the mail"))
            .count();
  }
}
