package dev.postrider.guard;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All topics that a batch depends on, each once.
 *
 * @param names in the order in which Redis is asked
 */
record Topics(List<String> names) {

  static Topics of(List<GuardedMail> guardedMails) {
    Set<String> names = new LinkedHashSet<>();
    for (GuardedMail one : guardedMails) {
      names.add(ofMail(one.mailId()));
      names.addAll(one.terms().onlyIf().keySet());
    }
    return new Topics(new ArrayList<>(names));
  }

  /** The topic that cancels one mail. */
  static String ofMail(String mailId) {
    return "mail/" + mailId;
  }

  Versions versions(Response values) {
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Response value = values.get(i);
      if (value != null) {
        known.put(names.get(i), value.toString());
      }
    }
    return new Versions(known);
  }

  /** Versions by topic; a topic that was never bumped is at 0. */
  record Versions(Map<String, String> known) {

    boolean areAll(Map<String, Long> expected) {
      for (Map.Entry<String, Long> condition : expected.entrySet()) {
        if (!is(condition.getKey(), condition.getValue())) {
          return false;
        }
      }
      return true;
    }

    Optional<String> of(String topic) {
      return Optional.ofNullable(known.get(topic));
    }

    boolean is(String topic, long expected) {
      String version = known.get(topic);
      return version == null ? expected == 0 : version.equals(Long.toString(expected));
    }
  }
}
