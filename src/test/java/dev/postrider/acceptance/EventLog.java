package dev.postrider.acceptance;

import dev.postrider.support.redis.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The events of the default queue, followed until everything has ended. */
final class EventLog {

  private static final Set<String> ENDS = Set.of("sent", "skipped", "dead", "held");

  private final RedisClient redis;
  private final List<Map<String, String>> ends = new ArrayList<>();
  private String last = "0";

  EventLog(RedisClient redis) {
    this.redis = redis;
  }

  /** One event of each mail: its end. */
  List<Map<String, String>> ends() {
    return ends;
  }

  /**
   * Follows the events until so many mails have ended.
   *
   * @param alive whether a worker is left that may end them
   */
  void follow(int mails, Duration bound, BooleanSupplier alive) {
    long deadline = System.nanoTime() + bound.toNanos();
    while (ends.size() < mails && alive.getAsBoolean() && System.nanoTime() < deadline) {
      read();
    }
  }

  private void read() {
    Object reply =
        redis.command(
            "XREAD", "COUNT", 2_000, "BLOCK", 500, "STREAMS", "mail:{default}:events", last);
    if (reply != null) {
      List<?> stream = (List<?>) ((List<?>) reply).get(0);
      ((List<?>) stream.get(1)).forEach(entry -> note((List<?>) entry));
    }
  }

  private void note(List<?> entry) {
    last = (String) entry.get(0);
    Map<String, String> event = fields((List<?>) entry.get(1));
    if (ENDS.contains(event.get("type"))) {
      ends.add(event);
    }
  }

  static Map<String, String> fields(List<?> words) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      fields.put((String) words.get(i), (String) words.get(i + 1));
    }
    return fields;
  }
}
