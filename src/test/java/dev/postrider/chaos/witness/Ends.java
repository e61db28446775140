package dev.postrider.chaos.witness;

import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.support.redis.RedisClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis says became of each mail, read from the events, and what is still open. */
public final class Ends {

  static final String SCHEDULE = "mail:{default}:schedule";
  private static final String PARKED = "mail:{default}:parked";
  private static final String EVENTS = "mail:{default}:events";
  private static final String DEAD = "mail:{default}:dead";
  private static final Set<String> FINAL = Set.of("sent", "skipped", "dead", "held");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final String OPEN =
      "return redis.call('XLEN', KEYS[1]) + redis.call('ZCARD', KEYS[2])";
  private static final int PAGE = 2_000;

  private final Map<String, List<String>> ends = new LinkedHashMap<>();
  private final long open;

  private Ends(List<List<String>> events, List<List<String>> deadLetters, long open) {
    Map<String, String> named = deadLetterIds(deadLetters);
    this.open = open;
    for (List<String> event : events) {
      Map<String, String> words = words(event);
      if (FINAL.contains(words.get("type"))) {
        String id = words.get("id");
        ends.computeIfAbsent(named.getOrDefault(id, id), each -> new ArrayList<>())
            .add(words.get("type"));
      }
    }
  }

  public static Ends read(RedisClient redis) {
    return new Ends(all(redis, EVENTS), all(redis, DEAD), open(redis));
  }

  /** Reads what became of mail and erases all keys, at one moment. */
  public static Erased erase(RedisClient redis) {
    List<Object> replies =
        redis.pipeline(
            List.of(
                List.of("MULTI"),
                List.of("XRANGE", EVENTS, "-", "+"),
                List.of("XRANGE", DEAD, "-", "+"),
                List.of("XRANGE", LoadProducer.READY, "-", "+"),
                List.of("HVALS", PARKED),
                List.of("FLUSHALL"),
                List.of("EXEC")));
    List<?> read = (List<?>) replies.get(replies.size() - 1);
    Set<String> gone = new HashSet<>();
    fields((List<?>) read.get(2)).forEach(fields -> gone.add(idIn(fields.toString())));
    ((List<?>) read.get(3)).forEach(parked -> gone.add(idIn(parked.toString())));
    Ends ends = new Ends(fields((List<?>) read.get(0)), fields((List<?>) read.get(1)), 0);
    return new Erased(ends, gone);
  }

  /**
   * What was in Redis the moment before.
   *
   * @param ends what had become of mail
   * @param mails those that had not ended
   */
  public record Erased(Ends ends, Set<String> mails) {}

  /** Both: what Redis says, and what it said before it forgot. */
  public Ends and(Ends other) {
    Ends both = new Ends(List.of(), List.of(), open + other.open);
    for (Ends one : List.of(this, other)) {
      one.ends.forEach(
          (mail, outcomes) ->
              both.ends.computeIfAbsent(mail, each -> new ArrayList<>()).addAll(outcomes));
    }
    return both;
  }

  /** Mails that have not ended: in the stream or in the schedule, counted at one moment. */
  public static long open(RedisClient redis) {
    return redis.number("EVAL", OPEN, 2, LoadProducer.READY, SCHEDULE);
  }

  long open() {
    return open;
  }

  /** The final outcomes of a mail; there should be exactly one. */
  List<String> of(String mail) {
    return ends.getOrDefault(mail, List.of());
  }

  /** The id in a mail's JSON. */
  public static String idIn(String json) {
    Matcher matcher = ID.matcher(json);
    return matcher.find() ? matcher.group(1) : "-";
  }

  /**
   * A mail that was never decoded is a dead letter under its entry's id; its JSON has its own id.
   */
  private static Map<String, String> deadLetterIds(List<List<String>> deadLetters) {
    Map<String, String> named = new LinkedHashMap<>();
    for (List<String> deadLetter : deadLetters) {
      Map<String, String> words = words(deadLetter);
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
      from = "(" + ((List<?>) page.get(page.size() - 1)).get(0);
      all.addAll(fields(page));
      page = page(redis, stream, from);
    }
    return all;
  }

  private static List<List<String>> fields(List<?> entries) {
    return entries.stream()
        .map(entry -> (List<?>) ((List<?>) entry).get(1))
        .map(fields -> fields.stream().map(String::valueOf).toList())
        .toList();
  }

  private static List<?> page(RedisClient redis, String stream, String from) {
    return (List<?>) redis.command("XRANGE", stream, from, "+", "COUNT", PAGE);
  }
}
