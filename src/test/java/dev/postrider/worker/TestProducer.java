package dev.postrider.worker;

import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A producer as anyone could write it, who also reads what became of the mail. */
final class TestProducer implements AutoCloseable {

  /** Ten thousand mails take 7 s on a quiet machine, and ten times that on a busy one. */
  static final Duration BOUND = Duration.ofSeconds(120);

  private static final int BLOCK_MS = 250;

  private final RedisClient redis;
  private final String queue;

  TestProducer(RedisProcess redis) {
    this(redis, "default");
  }

  TestProducer(RedisProcess redis, String queue) {
    this.redis = redis.client();
    this.queue = queue;
  }

  RedisClient redis() {
    return redis;
  }

  String key(String name) {
    return "mail:{" + queue + "}:" + name;
  }

  /** Adds a mail; the reply is its entry. */
  String add(String mail) {
    return (String) redis.command("XADD", key("ready"), "*", "mail", mail);
  }

  /** A mail to one recipient, with further members such as {@code "id":"x"}. */
  String send(String to, String... members) {
    return add(mail(to, members));
  }

  static String mail(String to, String... members) {
    List<String> all = new ArrayList<>();
    all.add("\"from\":\"Acme <hi@acme.test>\"");
    all.add("\"to\":[\"" + to + "\"]");
    all.add("\"subject\":\"Hello\"");
    all.add("\"text\":\"It works.\"");
    all.addAll(List.of(members));
    return "{" + String.join(",", all) + "}";
  }

  /** Adds many mails in few round trips. */
  void addAll(List<String> mails) {
    for (int i = 0; i < mails.size(); i += 1_000) {
      List<List<Object>> commands = new ArrayList<>();
      mails.subList(i, Math.min(mails.size(), i + 1_000)).forEach(m -> commands.add(adding(m)));
      redis.pipeline(commands);
    }
  }

  private List<Object> adding(String mail) {
    return List.of("XADD", key("ready"), "*", "mail", mail);
  }

  /** Waits for the event that ends a mail. */
  Map<String, String> end(String id) {
    return await(id, TestProducer::last);
  }

  /** Waits for an event of one type. */
  Map<String, String> await(String id, String type) {
    return await(id, event -> event.get("type").equals(type));
  }

  private static boolean last(Map<String, String> event) {
    return !event.get("type").equals("deferred") && !event.get("type").equals("scheduled");
  }

  private Map<String, String> await(String id, Predicate<Map<String, String>> wanted) {
    return awaitAll(1, event -> event.get("id").equals(id) && wanted.test(event)).get(0);
  }

  /** Waits until so many events meet a condition. */
  List<Map<String, String>> awaitAll(int count, Predicate<Map<String, String>> wanted) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    List<Map<String, String>> found = new ArrayList<>();
    List<Map<String, String>> seen = new ArrayList<>();
    String after = "0";
    while (found.size() < count) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Only " + found.size() + " of " + count + "; came: " + seen);
      }
      for (Object entry : read(after)) {
        List<?> pair = (List<?>) entry;
        after = (String) pair.get(0);
        Map<String, String> event = fields((List<?>) pair.get(1));
        seen.add(event);
        if (wanted.test(event)) {
          found.add(event);
        }
      }
    }
    return found;
  }

  /** All events of one mail so far. */
  List<Map<String, String>> events(String id) {
    return entries("events").stream().filter(event -> id.equals(event.get("id"))).toList();
  }

  /** All entries of a stream of this queue. */
  List<Map<String, String>> entries(String stream) {
    List<Map<String, String>> all = new ArrayList<>();
    for (Object entry : (List<?>) redis.command("XRANGE", key(stream), "-", "+")) {
      all.add(fields((List<?>) ((List<?>) entry).get(1)));
    }
    return all;
  }

  private List<?> read(String after) {
    List<?> streams =
        (List<?>) redis.command("XREAD", "BLOCK", BLOCK_MS, "STREAMS", key("events"), after);
    return streams == null ? List.of() : (List<?>) ((List<?>) streams.get(0)).get(1);
  }

  private static Map<String, String> fields(List<?> words) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      String before = fields.put((String) words.get(i), (String) words.get(i + 1));
      if (before != null) {
        throw new AssertionError("A field given twice: " + words);
      }
    }
    return fields;
  }

  /** Waits until nothing of this queue is pending or unread. */
  void awaitIdle() {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (redis.number("XLEN", key("ready")) > 0) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Still in the stream: " + redis.command("XLEN", key("ready")));
      }
      read("$");
    }
  }

  /** Waits until no mail of this queue waits anywhere: unread, pending or scheduled. */
  void awaitNothingLeft(Duration bound) {
    Awaitility.await().atMost(bound).until(() -> left() == 0);
  }

  private long left() {
    String both = "return redis.call('XLEN', KEYS[1]) + redis.call('ZCARD', KEYS[2])";
    return redis.number("EVAL", both, 2, key("ready"), key("schedule"));
  }

  @Override
  public void close() {
    redis.close();
  }
}
