package dev.postrider.queue.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The counts of a queue, on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueStatsTest {

  private static final String READY = "mail:{q}:ready";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final QueueStatsReader reader = new QueueStatsReader(redis.link(), "mail");

  @Test
  void everything_is_zero_before_the_first_mail() {
    Map<String, Long> totals =
        QueueStats.OUTCOMES.stream().collect(Collectors.toMap(name -> name, name -> 0L));
    QueueStats.Ages ages = new QueueStats.Ages(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    assertEquals(new QueueStats("q", 0, 0, 0, 0, 0, 0, 0, ages, Optional.empty(), totals), read());
  }

  @Test
  void all_entries_are_ready_before_the_first_worker() {
    redis.command("XADD", READY, "1-1", "mail", "{}");
    QueueStats stats = read();
    assertEquals(1, stats.ready());
    assertEquals(0, stats.inFlight());
    assertTrue(stats.ages().oldestReady().compareTo(Duration.ofDays(365)) > 0);
  }

  @Test
  void the_oldest_ready_entry_differs_from_the_oldest_of_all() {
    String now = (String) ((List<?>) redis.command("TIME")).get(0);
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
    redis.command("XADD", READY, "1-1", "mail", "{}");
    redis.command("XADD", READY, now + "000-0", "mail", "{}");
    redis.command("XREADGROUP", "GROUP", "postrider", "w", "COUNT", 1, "STREAMS", READY, ">");
    QueueStats stats = read();
    assertEquals(1, stats.ready());
    assertEquals(1, stats.inFlight());
    assertTrue(stats.ages().oldestReady().compareTo(stats.ages().oldest()) < 0);
    assertTrue(stats.ages().oldest().compareTo(Duration.ofDays(365)) > 0);
  }

  @Test
  void an_entry_of_a_newer_format_is_pending_but_not_in_flight() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
    redis.command("XADD", READY, "1-1", "mail", "{}");
    redis.command("XADD", READY, "2-1", "mail", "{}");
    redis.command("XADD", READY, "3-1", "mail", "{}");
    redis.command("XREADGROUP", "GROUP", "postrider", "w", "COUNT", 1, "STREAMS", READY, ">");
    redis.command(
        "XREADGROUP", "GROUP", "postrider", "format-2", "COUNT", 1, "STREAMS", READY, ">");
    QueueStats stats = read();
    assertEquals(
        List.of(1L, 1L, 1L, 2L),
        List.of(stats.ready(), stats.inFlight(), stats.newerFormat(), stats.pending()));
  }

  @Test
  void a_deleted_entry_is_not_counted_as_ready() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
    redis.command("XADD", READY, "1-1", "mail", "{}");
    redis.command("XADD", READY, "2-1", "mail", "{}");
    redis.command("XDEL", READY, "1-1");
    assertEquals(1, read().ready());
  }

  @Test
  void counts_the_schedule_dead_held_and_totals() {
    redis.command("ZADD", "mail:{q}:schedule", "1000", "past", "99999999999999", "future");
    redis.command("XADD", "mail:{q}:dead", "*", "mail", "{}");
    redis.command("XADD", "mail:{q}:held", "*", "mail", "{}");
    redis.command("HSET", "mail:{q}:totals", "sent", "7", "dead", "1");
    QueueStats stats = read();
    assertEquals(2, stats.scheduled());
    assertEquals(1, stats.overdue());
    assertTrue(stats.ages().longestOverdue().compareTo(Duration.ofDays(365)) > 0);
    assertEquals(1, stats.dead());
    assertEquals(1, stats.held());
    assertEquals(List.of(7L, 0L, 0L, 0L, 1L, 0L), List.copyOf(stats.totals().values()));
  }

  @Test
  void nothing_is_overdue_while_all_mail_is_for_later() {
    redis.command("ZADD", "mail:{q}:schedule", "99999999999999", "future");
    assertEquals(0, read().overdue());
    assertEquals(Duration.ZERO, read().ages().longestOverdue());
  }

  @Test
  void reads_the_pause() {
    redis.command("SET", "mail:{q}:paused", "why");
    assertEquals(
        new QueuePause("why", Optional.empty(), Optional.empty()), read().pause().orElseThrow());
  }

  @Test
  void a_pause_stays_the_same_as_the_value_of_its_key() {
    QueuePause pause =
        new QueuePause(
            "say \"wait\"",
            Optional.of(Instant.parse("2026-11-22T12:00:00.123Z")),
            Optional.of(Instant.parse("2026-11-22T12:10:00Z")));
    assertEquals(pause, QueuePause.parse(pause.toJson()));
  }

  private QueueStats read() {
    return redis.await(() -> reader.read("q"));
  }
}
