package dev.postrider.worker;

import dev.postrider.support.smtp.Sink;
import java.util.HashMap;
import java.util.Map;

/** Settings of a small worker with a short lease, before a Redis of several servers. */
final class SmallWorker {

  static final int IN_FLIGHT = 16;

  private SmallWorker() {}

  static Map<String, String> settings() {
    return Map.of(
        "postrider.concurrency", Integer.toString(IN_FLIGHT),
        "postrider.event-loops", "2",
        "postrider.lease.time", "3s",
        "postrider.shutdown.drain", "2s");
  }

  /** Where it finds its mail server and its Redis. */
  static Map<String, String> places(Sink sink, Map<String, String> redis) {
    Map<String, String> places = new HashMap<>(sink.settings());
    places.putAll(redis);
    places.put("quarkus.http.test-port", "0");
    return places;
  }
}
