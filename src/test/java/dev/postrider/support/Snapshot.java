package dev.postrider.support;

import dev.postrider.support.redis.RedisClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All keys of a Redis with all they hold, to show that nothing has changed. */
public final class Snapshot {

  private Snapshot() {}

  /** Key → its serialised value; of streams also what is pending. */
  public static Map<String, Object> of(RedisClient redis) {
    Map<String, Object> all = new TreeMap<>();
    for (Object key : (List<?>) redis.command("KEYS", "*")) {
      all.put((String) key, List.of(value(redis, key), pending(redis, key)));
    }
    return all;
  }

  private static Object value(RedisClient redis, Object key) {
    return redis.command("TYPE", key).equals("stream")
        ? redis.command("XRANGE", key, "-", "+")
        : redis.command("DUMP", key);
  }

  private static Object pending(RedisClient redis, Object key) {
    boolean group = redis.command("TYPE", key).equals("stream") && key.toString().endsWith("ready");
    return group ? redis.command("XPENDING", key, "postrider") : List.of();
  }
}
