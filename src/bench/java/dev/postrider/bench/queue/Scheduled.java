package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/**
 * Puts mail into a schedule as a worker parks it, without one: members of the sorted set and fields
 * of the hash, a thousand at a time.
 */
final class Scheduled {

  private static final int CHUNK = 1_000;

  private final BenchRedis benchRedis;
  private final String queue;
  private final byte[] progress;
  private final IntFunction<String> json;

  /**
   * @param json the mail of a number
   */
  Scheduled(BenchRedis benchRedis, String queue, IntFunction<String> json) {
    this.benchRedis = benchRedis;
    this.queue = queue;
    this.json = json;
    this.progress =
        new AttemptHistoryCodec().encode(AttemptHistory.none(entry(0), Optional.empty()));
  }

  /** A short mail of about 300 bytes. */
  static String small(int number) {
    return small(number, "");
  }

  /**
   * @param more further keys with their values, each after a comma
   */
  static String small(int number, String more) {
    return """
        {"from":"Acme <hi@acme.test>","to":["user%d@example.test"],"subject":"Hello %d","text":"%s"%s}"""
        .formatted(number, number, "Come back soon. ".repeat(12), more);
  }

  /** Parks the mails from one number to before another, each due at a time in ms. */
  void park(int from, int to, IntToLongFunction due) {
    for (int start = from; start < to; start += CHUNK) {
      List<Object> members = new ArrayList<>(List.of("ZADD", Postrider.key(queue, "schedule")));
      List<Object> fields = new ArrayList<>(List.of("HSET", Postrider.key(queue, "parked")));
      for (int number = start; number < Math.min(to, start + CHUNK); number++) {
        members.addAll(List.of(due.applyAsLong(number), entry(number)));
        fields.addAll(List.of(entry(number), parked(number)));
      }
      benchRedis.client().command(fields.toArray());
      benchRedis.client().command(members.toArray());
    }
  }

  /**
   * Lets Redis finish enlarging its tables: it moves a bucket of the old table with each look into
   * one, and until it is done every command pays for that.
   *
   * @param mails that wait; the old tables have fewer buckets
   */
  void settle(int mails) {
    List<Object> members = looks("ZMSCORE", Postrider.key(queue, "schedule"));
    List<Object> fields = looks("HMGET", Postrider.key(queue, "parked"));
    for (int looks = 0; looks < mails; looks += CHUNK) {
      benchRedis.client().command(members.toArray());
      benchRedis.client().command(fields.toArray());
    }
  }

  private static List<Object> looks(String command, String key) {
    List<Object> words = new ArrayList<>(List.of(command, key));
    words.addAll(Collections.nCopies(CHUNK, "unused"));
    return words;
  }

  /** Redis's time in ms. */
  static long now(BenchRedis benchRedis) {
    List<?> time = (List<?>) benchRedis.client().command("TIME");
    return Long.parseLong((String) time.get(0)) * 1_000
        + Long.parseLong((String) time.get(1)) / 1_000;
  }

  private byte[] parked(int number) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(progress);
    out.write('\n');
    out.writeBytes(json.apply(number).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static String entry(int number) {
    return (1_700_000_000_000L + number) + "-0";
  }
}
