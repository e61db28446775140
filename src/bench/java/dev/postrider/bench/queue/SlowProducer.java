package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.support.redis.RedisClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts one mail into a queue every 20 ms, and tells afterwards how long each had to wait. */
final class SlowProducer implements AutoCloseable {

  private static final long EVERY_MS = 20;

  private final BenchRedis benchRedis;
  private final String queue;
  private final List<String> entries = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "slow-producer");
  private volatile boolean ended;

  SlowProducer(BenchRedis benchRedis, String queue) {
    this.benchRedis = benchRedis;
    this.queue = queue;
  }

  SlowProducer start() {
    thread.start();
    return this;
  }

  /** Mails put in, once it was closed. */
  int mails() {
    return entries.size();
  }

  /**
   * Milliseconds from XADD to {@code sent}, both by Redis's clock, once all were sent.
   *
   * @throws IllegalStateException if one was not sent exactly once
   */
  List<Long> waits() {
    Map<String, Long> sent = sent();
    List<Long> waits = new ArrayList<>();
    for (String entry : entries) {
      if (!sent.containsKey(entry)) {
        throw new IllegalStateException("No event tells that " + entry + " was sent.");
      }
      waits.add(sent.get(entry) - Long.parseLong(entry.split("-")[0]));
    }
    return waits;
  }

  private Map<String, Long> sent() {
    Map<String, Long> sent = new HashMap<>();
    Object events = benchRedis.client().command("XRANGE", Postrider.key(queue, "events"), "-", "+");
    for (Object event : (List<?>) events) {
      Map<String, String> fields = fields((List<?>) ((List<?>) event).get(1));
      if (fields.get("type").equals("sent")) {
        Long before = sent.put(fields.get("id"), Long.valueOf(fields.get("at")));
        if (before != null) {
          throw new IllegalStateException(fields.get("id") + " was sent twice.");
        }
      }
    }
    return sent;
  }

  private static Map<String, String> fields(List<?> flat) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      fields.put((String) flat.get(i), (String) flat.get(i + 1));
    }
    return fields;
  }

  private void run() {
    try (RedisClient client = benchRedis.connect()) {
      for (int number = 0; !ended; number++) {
        Object[] add = Postrider.add(queue, ConcurrentCallers.json(number)).toArray();
        entries.add((String) client.command(add));
        Thread.sleep(EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the last mail is in. */
  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
