package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code only_if}: topic → version. */
final class ConditionReader {

  /** Bounds the HMGET of a batch: each topic is one of its fields. */
  private static final int TOPICS_MAX = 8;

  private static final Pattern DIGITS = Pattern.compile("0|[1-9][0-9]{0,18}");

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
      if (topics.put(topic, version(jsonCursor)) != null) {
        throw jsonCursor.invalid("given twice: keep one");
      }
    }
    return topics;
  }

  /** A number, or its digits as a string: clients of Redis return the values of a hash so. */
  private static long version(JsonCursor jsonCursor) throws InvalidMail {
    if (jsonCursor.atNull()) {
      throw jsonCursor.invalid(
          "expected a whole number, found null: give 0 for a topic without a version");
    }
    return jsonCursor.atString() ? jsonCursor.line(ConditionReader::digits) : jsonCursor.count();
  }

  private static long digits(String text) throws InvalidMail {
    if (!DIGITS.matcher(text).matches()) {
      throw ValueParser.fault("expected a whole number or its digits, without sign or blanks");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ValueParser.fault(
          "out of range: expected a whole number from 0 to 9223372036854775807");
    }
  }
}
