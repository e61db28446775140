package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code only_if}: topic → version. */
final class ConditionReader {

  /** Bounds the HMGET of a batch: each topic is one of its fields. */
  private static final int TOPICS_MAX = 8;

  Map<String, Long> read(JsonCursor jsonCursor) throws InvalidMail {
    Map<String, Long> topics = new LinkedHashMap<>();
    jsonCursor.enterObject();
    while (jsonCursor.nextKey()) {
      String topic = jsonCursor.key();
      if (!NameRule.TOPIC.matches(topic)) {
        throw jsonCursor.invalidName("a topic: expected " + NameRule.TOPIC.expected());
      }
      if (topics.size() == TOPICS_MAX && !topics.containsKey(topic)) {
        throw jsonCursor.invalid("too many topics: at most " + TOPICS_MAX);
      }
      if (topics.put(topic, jsonCursor.count()) != null) {
        throw jsonCursor.invalid("given twice: keep one");
      }
    }
    return topics;
  }
}
