package dev.postrider.cli;

import dev.postrider.queue.admin.QueuePause;
import dev.postrider.queue.admin.QueueStats;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A queue as JSON, with the names of the HTTP API. */
final class QueueJson {

  private QueueJson() {}

  static Map<String, Object> json(QueueStats queueStats) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", queueStats.queue());
    json.put("paused", queueStats.pause().isPresent());
    json.put("ready", queueStats.ready());
    json.put("in_flight", queueStats.inFlight());
    json.put("scheduled", queueStats.scheduled());
    json.put("overdue", queueStats.overdue());
    json.put("dead", queueStats.dead());
    json.put("held", queueStats.held());
    json.put("totals", queueStats.totals());
    json.put("pause", queueStats.pause().map(QueueJson::json).orElse(null));
    return json;
  }

  static Map<String, Object> json(QueuePause queuePause) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", queuePause.reason());
    json.put("since", queuePause.since().map(Instant::toString).orElse(null));
    json.put("until", queuePause.until().map(Instant::toString).orElse(null));
    return json;
  }
}
