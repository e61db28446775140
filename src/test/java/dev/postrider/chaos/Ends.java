package dev.postrider.chaos;

import dev.postrider.support.RedisClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis says became of each mail, read from the events, and what is still open. */
final class Ends {

  static final String SCHEDULE = "mail:{default}:schedule";
  private static final String EVENTS = "mail:{default}:events";
  private static final String DEAD = "mail:{default}:dead";
  private static final Set<String> FINAL = Set.of("sent", "skipped", "dead", "held");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String OPEN =
      "return redis.call('XLEN', KEYS[1]) + redis.call('ZCARD', KEYS[2])";
  private static final int PAGE = 2_000;

  private final Map<String, List<String>> ends = new LinkedHashMap<>();
  private final long open;

  private Ends(RedisClient redis) {
    Map<String, String> named = buried(redis);
    for (List<String> event : all(redis, EVENTS)) {
      Map<String, String> words = words(event);
      if (FINAL.contains(words.get("type"))) {
        String id = words.get("id");
        ends.computeIfAbsent(named.getOrDefault(id, id), each -> new ArrayList<>())
            .add(words.get("type"));
      }
    }
    open = open(redis);
  }

  static Ends read(RedisClient redis) {
    return new Ends(redis);
  }

  /** Mails that have not ended: in the stream or in the schedule, counted at one moment. */
  static long open(RedisClient redis) {
    return redis.number("EVAL", OPEN, 2, Producer.READY, SCHEDULE);
  }

  long open() {
    return open;
  }

  /** The final outcomes of a mail; there should be exactly one. */
  List<String> of(String mail) {
    return ends.getOrDefault(mail, List.of());
  }

  /** The id that a mail's JSON bears. */
  static String idIn(String json) {
    Matcher matcher = ID.matcher(json);
    return matcher.find() ? matcher.group(1) : "-";
  }

  /** A mail that was never decoded is buried under its entry's id; its JSON tells its own. */
  private static Map<String, String> buried(RedisClient redis) {
    Map<String, String> named = new LinkedHashMap<>();
    for (List<String> grave : all(redis, DEAD)) {
      Map<String, String> words = words(grave);
      named.put(words.get("id"), idIn(words.getOrDefault("mail", "")));
    }
    return named;
  }

  private static Map<String, String> words(List<String> fields) {
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i += 2) {
      words.put(fields.get(i), fields.get(i + 1));
    }
    return words;
  }

  /** The fields of every entry of a stream. */
  private static List<List<String>> all(RedisClient redis, String stream) {
    List<List<String>> all = new ArrayList<>();
    String from = "-";
    List<?> page = page(redis, stream, from);
    while (!page.isEmpty()) {
      for (Object entry : page) {
        List<?> idAndFields = (List<?>) entry;
        from = "(" + idAndFields.get(0);
        all.add(((List<?>) idAndFields.get(1)).stream().map(String::valueOf).toList());
      }
      page = page(redis, stream, from);
    }
    return all;
  }

  private static List<?> page(RedisClient redis, String stream, String from) {
    return (List<?>) redis.command("XRANGE", stream, from, "+", "COUNT", PAGE);
  }
}
