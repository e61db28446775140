package dev.postrider.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.redis.Keys;
import dev.postrider.support.Snapshot;
import dev.postrider.support.redis.RedisFixture;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScheduleTest {

  private static final String READY = "mail:{q}:ready";
  private static final String SCHEDULE = "mail:{q}:schedule";
  private static final String PARKED = "mail:{q}:parked";
  private static final long PAST = 1_000;
  private static final long FUTURE = 4_000_000_000_000L;

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Schedule schedule = new Schedule(new Keys("mail", "q"));

  @Test
  void moves_what_is_due_and_tells_when_the_next_is() {
    park("due", PAST, "{\"origin\":\"1-1\"}\n{\"a\":\"two\nlines\"}");
    park("later", FUTURE, "{}\n{}");
    Schedule.Promotion promotion = promote();
    assertEquals(1, promotion.moved());
    assertEquals(FUTURE, promotion.nextDue());
    assertTrue(Math.abs(promotion.now() - System.currentTimeMillis()) < 10_000);
    List<?> entry = (List<?>) ((List<?>) redis.command("XRANGE", READY, "-", "+")).get(0);
    assertEquals(
        List.of("mail", "{\"a\":\"two\nlines\"}", "progress", "{\"origin\":\"1-1\"}"),
        entry.get(1));
    assertEquals(List.of("later"), redis.command("ZRANGE", SCHEDULE, 0, -1));
    assertEquals(List.of("later"), redis.command("HKEYS", PARKED));
  }

  @Test
  void changes_nothing_if_nothing_is_due() {
    park("later", FUTURE, "{}\n{}");
    Map<String, Object> before = Snapshot.of(redis.client());
    assertEquals(0, promote().moved());
    assertEquals(before, Snapshot.of(redis.client()));
  }

  @Test
  void says_so_if_the_schedule_is_empty() {
    assertEquals(-1, promote().nextDue());
  }

  @Test
  void moves_at_most_a_hundred_in_one_call() {
    for (int i = 0; i < 250; i++) {
      park("m" + i, PAST + i, "{}\n{}");
    }
    Schedule.Promotion first = promote();
    assertEquals(Schedule.BATCH_MAX, first.moved());
    assertTrue(first.more());
    assertEquals(100, promote().moved());
    Schedule.Promotion last = promote();
    assertEquals(50, last.moved());
    assertTrue(!last.more());
    assertEquals(250, redis.number("XLEN", READY));
  }

  @Test
  void moves_at_most_a_mebibyte_and_one_mail_more() {
    String large = "{}\n" + "x".repeat(400_000);
    for (int i = 0; i < 5; i++) {
      park("m" + i, PAST, large);
    }
    assertEquals(3, promote().moved());
    assertEquals(2, promote().moved());
  }

  @Test
  void promotes_although_redis_is_full() {
    park("due", PAST, "{}\n{}");
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    redis.command("CONFIG", "SET", "maxmemory", "1");
    assertEquals(1, promote().moved());
    assertEquals(1, redis.number("XLEN", READY));
  }

  @Test
  void loses_not_even_what_another_client_scheduled() {
    park("foreign", PAST, "no line feed");
    assertEquals(1, promote().moved());
    assertTrue(redis.command("XRANGE", READY, "-", "+").toString().contains("no line feed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {READY, SCHEDULE, PARKED})
  void stops_before_its_first_write_if_a_key_is_of_another_type(String key) {
    park("due", PAST, "{}\n{}");
    redis.command("DEL", key);
    redis.command("SET", key, "something else");
    Map<String, Object> before = Snapshot.of(redis.client());
    assertThrows(ErrorType.class, this::promote);
    assertEquals(before, Snapshot.of(redis.client()));
  }

  @Test
  void promotes_at_the_very_time_without_being_asked_again() {
    Promoter promoter =
        redis.loop().call(() -> new Promoter(redis.loop().context(), redis.link(), schedule));
    long due = System.currentTimeMillis() + 150;
    park("soon", due, "{}\n{}");
    redis.await(promoter::promote);
    Object came = redis.command("XREAD", "BLOCK", 10_000, "STREAMS", READY, "0");
    long at = System.currentTimeMillis();
    assertTrue(came != null && at >= due, "came at " + at + ", due " + due);
    promoter.stop();
  }

  private Schedule.Promotion promote() {
    return redis.await(() -> schedule.promote(redis.link()));
  }

  private static void park(String member, long due, String parked) {
    redis.command("HSET", PARKED, member, parked);
    redis.command("ZADD", SCHEDULE, due, member);
  }
}
