package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.queue.admin.TrimCounter;
import dev.postrider.queue.deadletter.DeadLetterStream.Kind;
import dev.postrider.support.Snapshot;
import dev.postrider.support.Terms;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisFixture;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts that settle, each on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettleTest {

  private static final String READY = "mail:{q}:ready";
  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 1_000, 3, 1_000, Duration.ofSeconds(15));

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  /** Every way to settle, with the key it moves the mail to. */
  enum Way {
    SENT("sent", new Disposition.Remove(), "events"),
    SKIPPED("skipped", new Disposition.Remove(), "events"),
    SCHEDULED(
        "scheduled",
        park(Disposition.Due.at(Instant.ofEpochMilli(4_000_000_000_000L))),
        "schedule"),
    DEFERRED(
        "deferred", park(Disposition.Due.in(Duration.ofHours(1), Optional.empty())), "schedule"),
    DEAD(
        "dead",
        new Disposition.DeadLetter(Kind.DEAD, List.of(utf8("reason"), utf8("refused"))),
        "dead"),
    HELD(
        "held",
        new Disposition.DeadLetter(Kind.HELD, List.of(utf8("reason"), utf8("unknown"))),
        "held");

    private final String word;
    private final Disposition disposition;
    private final String target;

    Way(String word, Disposition disposition, String target) {
      this.word = word;
      this.disposition = disposition;
      this.target = target;
    }

    private static Disposition park(Disposition.Due due) {
      return new Disposition.Schedule(due, utf8("{\"origin\":\"1-1\"}\n{\"mail\":1}"));
    }

    Settlement settlement(String entry, String id) {
      return new Settlement(
          new Entry(
              "q",
              entry,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Terms.firstReading()),
          id,
          word,
          disposition,
          List.of("attempt", "1"));
    }

    List<String> keys() {
      List<String> keys =
          new ArrayList<>(List.of("ready", "events", "history:new", "history:old", "totals"));
      if (disposition instanceof Disposition.Schedule) {
        keys.addAll(List.of("schedule", "parked"));
      } else if (disposition instanceof Disposition.DeadLetter) {
        keys.add(target);
      }
      return keys;
    }
  }

  @BeforeEach
  void createGroup() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void moves_a_mail_out_of_the_stream_and_tells_so(Way way) {
    String entry = read("me");
    long answer = settle("me", way.settlement(entry, "a"));
    assertTrue(way.disposition instanceof Disposition.Schedule ? answer > 1 : answer == 1);
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(0L, ((List<?>) redis.command("XPENDING", READY, "postrider")).get(0));
    assertEquals(1, size(way.target));
    assertEquals("1", redis.command("HGET", key("totals"), way.word));
    String event = redis.command("XRANGE", key("events"), "-", "+").toString();
    assertTrue(event.contains("[type, " + way.word + ", id, a, at, "));
    assertTrue(event.contains("attempt, 1"));
    String line = redis.command("HGET", key("history:new"), "a").toString();
    assertTrue(line.startsWith("type\u001f" + way.word + "\u001fid\u001fa\u001fat\u001f"));
  }

  @Test
  void parks_a_mail_that_was_not_tried_without_telling_so() {
    Disposition due =
        Way.park(Disposition.Due.in(Duration.ofSeconds(9), Optional.of(Instant.ofEpochMilli(5))));
    Settlement scheduled = Way.SCHEDULED.settlement(read("me"), "a");
    Settlement parked = new Settlement(scheduled.entry(), "a", "parked", due, List.of());
    assertEquals(5, settle("me", parked), "at its expiry at the latest");
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(1, size("schedule"));
    assertEquals(0, redis.number("EXISTS", key("events"), key("history:new")));
    assertEquals(
        OptionalLong.of(0),
        redis.await(() -> new TrimCounter(redis.link(), "mail").count("q")),
        "it is not lost");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void settles_entries_whose_ids_need_all_64_bits(Way way) {
    for (String id : List.of("9223372036854775808-0", "18446744073709551615-7")) {
      redis.command("XADD", READY, id, "mail", "{}");
      redis.command("XREADGROUP", "GROUP", "postrider", "me", "STREAMS", READY, ">");
      assertTrue(settle("me", way.settlement(id, "a")) > 0);
    }
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(2, size(way.target));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void changes_nothing_the_second_time(Way way) {
    String entry = read("me");
    settle("me", way.settlement(entry, "a"));
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(0, settle("me", way.settlement(entry, "a")));
    assertEquals(before, Snapshot.of(redis.client()));
  }

  @ParameterizedTest
  @EnumSource(value = Way.class, mode = EnumSource.Mode.EXCLUDE, names = "SENT")
  void leaves_the_entry_of_another_consumer_alone(Way way) {
    String entry = read("other");
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(0, settle("me", way.settlement(entry, "a")));
    assertEquals(before, Snapshot.of(redis.client()));
  }

  @Test
  void settles_what_was_sent_even_if_another_consumer_has_taken_it_over() {
    assertEquals(1, settle("me", Way.SENT.settlement(read("other"), "a")));
    assertEquals(0, redis.number("XLEN", READY));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void settles_nothing_where_the_group_is_gone(Way way) {
    String entry = read("me");
    redis.command("FLUSHALL");
    assertEquals(0, settle("me", way.settlement(entry, "a")));
    assertEquals(Map.of(), Snapshot.of(redis.client()));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void settles_what_it_has_though_another_client_deleted_its_consumer_or_the_group(Way way) {
    String first = read("me");
    redis.command("XGROUP", "DELCONSUMER", READY, "postrider", "me");
    assertTrue(settle("me", way.settlement(first, "a")) > 0);
    String second = read("me");
    redis.command("XGROUP", "DESTROY", READY, "postrider");
    assertTrue(settle("me", way.settlement(second, "b")) > 0);
    assertEquals(0, redis.number("XLEN", READY));
  }

  static Stream<Arguments> keys() {
    return Stream.of(Way.values())
        .flatMap(way -> way.keys().stream().map(name -> Arguments.of(way, name)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void stops_before_its_first_write_if_a_key_is_of_another_type(Way way, String name) {
    String entry = read("me");
    redis.command("DEL", key(name));
    redis.command("SET", key(name), "something else");
    Map<String, Object> before = snapshotOfReadable(name);
    ErrorType failure =
        assertThrows(ErrorType.class, () -> settle("me", way.settlement(entry, "a")));
    assertTrue(failure.getMessage().contains("WRONGTYPE"), failure.getMessage());
    assertEquals(before, snapshotOfReadable(name));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void settles_although_redis_is_full(Way way) {
    String entry = read("me");
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    redis.command("CONFIG", "SET", "maxmemory", "1");
    assertThrows(RedisClient.RedisError.class, () -> redis.command("SET", "x", "y"));
    assertTrue(settle("me", way.settlement(entry, "a")) > 0);
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(1, size(way.target));
  }

  @Test
  void keeps_two_mails_of_one_id_apart_in_the_schedule() {
    String first = read("me");
    String second = read("me");
    settle("me", Way.DEFERRED.settlement(first, "twin"));
    settle("me", Way.DEFERRED.settlement(second, "twin"));
    assertEquals(2, redis.number("ZCARD", key("schedule")));
    assertEquals(2, redis.number("HLEN", key("parked")));
    assertEquals(
        List.of("twin", "twin#" + second), redis.command("ZRANGE", key("schedule"), "0", "-1"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"DEAD", "HELD"})
  void copies_the_mail_byte_for_byte_where_it_is_dead_or_held(Way way) {
    settle("me", way.settlement(read("me"), "a"));
    String deadLetter = redis.command("XRANGE", key(way.target), "-", "+").toString();
    assertTrue(
        deadLetter.contains("id, a, at, ") && deadLetter.endsWith(", mail, {}]]]"), deadLetter);
  }

  @Test
  void puts_a_retry_no_later_than_the_mail_expires() {
    Instant end = Instant.ofEpochMilli(System.currentTimeMillis() + 60_000);
    Disposition.Due due = Disposition.Due.in(Duration.ofHours(4), Optional.of(end));
    Settlement settlement =
        new Settlement(
            Way.DEFERRED.settlement(read("me"), "a").entry(),
            "a",
            "deferred",
            new Disposition.Schedule(due, utf8("{}\n{}")),
            List.of());
    assertEquals(end.toEpochMilli(), settle("me", settlement));
  }

  @Test
  void rounds_a_time_up_to_the_millisecond_that_is_not_before_it() {
    Instant second = Instant.ofEpochSecond(1_700_000_000);
    assertEquals("=1700000000000", Disposition.Due.at(second).notation());
    assertEquals("=1700000000001", Disposition.Due.at(second.plusNanos(1)).notation());
    assertEquals("=1700000000001", Disposition.Due.at(second.plusNanos(1_000_000)).notation());
    assertEquals(
        "+5 <1700000000001",
        Disposition.Due.in(Duration.ofMillis(5), Optional.of(second.plusNanos(1))).notation());
  }

  @Test
  void settles_many_mails_in_one_call_and_answers_for_each() {
    List<Settlement> batch = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      batch.add(Way.DEAD.settlement(i % 2 == 0 ? read("me") : read("other"), "m" + i));
    }
    var reply = redis.await(() -> new SettleCall("me", SETTINGS).call(batch).run(redis.link()));
    for (int i = 0; i < 200; i++) {
      assertEquals(i % 2 == 0 ? 1 : 0, reply.get(i).toInteger());
    }
    assertEquals("100", redis.command("HGET", key("totals"), "dead"));
    assertEquals(100, redis.number("XLEN", key("dead")));
  }

  @Test
  void joins_the_lines_of_a_mail_over_two_generations_and_forgets_the_third() {
    for (String id : List.of("a", "b", "c")) {
      settle("me", Way.DEFERRED.settlement(read("me"), id));
    }
    settle("me", Way.SENT.settlement(read("me"), "d"));
    assertEquals(3, redis.number("HLEN", key("history:old")));
    settle("me", Way.SENT.settlement(read("me"), "a"));
    String line = redis.command("HGET", key("history:new"), "a").toString();
    assertEquals(2, line.split("\n").length);
    assertTrue(line.startsWith("type\u001fdeferred") && line.contains("\ntype\u001fsent"));
    for (String id : List.of("e", "f")) {
      settle("me", Way.SENT.settlement(read("me"), id));
    }
    assertEquals(0, redis.number("HEXISTS", key("history:old"), "b"));
  }

  @Test
  void bounds_the_timeline_of_a_mail_that_is_set_back_for_weeks() {
    for (int i = 0; i < 1_000; i++) {
      settle("me", Way.DEFERRED.settlement(read("me"), "a"));
    }
    assertTrue(redis.number("HSTRLEN", key("history:new"), "a") < 20_000);
  }

  @Test
  void writes_neither_events_nor_history_if_none_are_kept() {
    QueueSettings none = new QueueSettings("mail", 0, 0, 1_000, Duration.ofSeconds(15));
    String entry = read("me");
    List<Settlement> batch = List.of(Way.SENT.settlement(entry, "a"));
    redis.await(() -> new SettleCall("me", none).call(batch).run(redis.link()));
    assertEquals(0, redis.number("EXISTS", key("events"), key("history:new")));
    assertEquals("1", redis.command("HGET", key("totals"), "sent"));
  }

  private static Map<String, Object> snapshotOfReadable(String name) {
    Map<String, Object> all = Snapshot.of(redis.client());
    assertTrue(all.containsKey(key(name)));
    return all;
  }

  private static String read(String consumer) {
    redis.command("XADD", READY, "*", "mail", "{}");
    List<?> streams =
        (List<?>)
            redis.command(
                "XREADGROUP", "GROUP", "postrider", consumer, "COUNT", 1, "STREAMS", READY, ">");
    List<?> entries = (List<?>) ((List<?>) streams.get(0)).get(1);
    return (String) ((List<?>) entries.get(0)).get(0);
  }

  private static long settle(String consumer, Settlement settlement) {
    SettleCall scripts = new SettleCall(consumer, SETTINGS);
    return redis.await(() -> scripts.call(List.of(settlement)).run(redis.link())).get(0).toLong();
  }

  private static long size(String name) {
    return name.equals("schedule")
        ? redis.number("ZCARD", key(name))
        : redis.number("XLEN", key(name));
  }

  private static String key(String name) {
    return "mail:{q}:" + name;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
