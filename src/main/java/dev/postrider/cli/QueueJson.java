package dev.postrider.cli;

import dev.postrider.queue.admin.Depths;
import dev.postrider.queue.admin.QueuePause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A queue as JSON, with the names of the HTTP API. */
final class QueueJson {

  private QueueJson() {}

  static Map<String, Object> json(Depths depths) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", depths.queue());
    json.put("paused", depths.queuePause().isPresent());
    json.put("ready", depths.ready());
    json.put("in_flight", depths.inFlight());
    json.put("scheduled", depths.scheduled());
    json.put("overdue", depths.overdue());
    json.put("dead", depths.dead());
    json.put("held", depths.held());
    json.put("totals", depths.totals());
    json.put("pause", depths.queuePause().map(QueueJson::json).orElse(null));
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
