package dev.postrider.cli;

import dev.postrider.queue.Depths;
import dev.postrider.queue.Pause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A queue as JSON, in the words of the HTTP interface. */
final class QueueFacts {

  private QueueFacts() {}

  static Map<String, Object> json(Depths depths) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", depths.queue());
    json.put("paused", depths.pause().isPresent());
    json.put("ready", depths.ready());
    json.put("in_flight", depths.inFlight());
    json.put("scheduled", depths.scheduled());
    json.put("overdue", depths.overdue());
    json.put("dead", depths.dead());
    json.put("held", depths.held());
    json.put("totals", depths.totals());
    json.put("pause", depths.pause().map(QueueFacts::json).orElse(null));
    return json;
  }

  static Map<String, Object> json(Pause pause) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", pause.reason());
    json.put("since", pause.since().map(Instant::toString).orElse(null));
    json.put("until", pause.until().map(Instant::toString).orElse(null));
    return json;
  }
}
