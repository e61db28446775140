package dev.postrider.event;

import java.util.Map;

/**
 * One entry of a queue's events stream: something that happened to a mail.
 *
 * @param queue whose stream it is
 * @param entry the stream's id of it, {@code <ms>-<n>} by Redis's clock
 * @param fields name → value, in the order of the stream
 */
public record Event(String queue, String entry, Map<String, String> fields) {

  /** What happened: an outcome, or {@code retried} and the like. */
  public String type() {
    return field("type");
  }

  /** A word by its name; empty if it is not there. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }
}
