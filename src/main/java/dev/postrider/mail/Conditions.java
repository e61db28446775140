package dev.postrider.mail;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code only_if}: topic → version. */
final class Conditions {

  /** Each is a field of one HMGET per batch. */
  private static final int TOPICS_MAX = 8;

  Map<String, Long> read(Cursor cursor) throws InvalidMail {
    Map<String, Long> topics = new LinkedHashMap<>();
    cursor.enterObject();
    while (cursor.nextKey()) {
      String topic = cursor.key();
      if (!Word.TOPIC.matches(topic)) {
        throw cursor.invalidName("a topic: expected " + Word.TOPIC.expected());
      }
      if (topics.size() == TOPICS_MAX && !topics.containsKey(topic)) {
        throw cursor.invalid("too many topics: at most " + TOPICS_MAX);
      }
      if (topics.put(topic, cursor.count()) != null) {
        throw cursor.invalid("given twice: keep one");
      }
    }
    return topics;
  }
}
