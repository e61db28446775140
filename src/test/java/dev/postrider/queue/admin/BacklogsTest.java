package dev.postrider.queue.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What waits in a queue, measured on a real Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BacklogsTest {

  private static final String READY = "mail:{q}:ready";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Backlogs backlogs = new Backlogs(redis.link(), "mail");

  @Test
  void is_empty_before_anything_was_written() {
    Backlog none =
        new Backlog("q", 0, 0, Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0, 0, false);
    assertEquals(none, measured());
  }

  @Test
  void counts_everything_as_unread_before_the_first_worker() {
    redis.command("XADD", READY, "1-1", "mail", "{}");
    Backlog backlog = measured();
    assertEquals(1, backlog.unread());
    assertEquals(0, backlog.pending());
    assertTrue(backlog.oldestUnread().compareTo(Duration.ofDays(365)) > 0);
  }

  @Test
  void tells_the_oldest_unread_from_the_oldest_of_all() {
    String now = (String) ((List<?>) redis.command("TIME")).get(0);
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
    redis.command("XADD", READY, "1-1", "mail", "{}");
    redis.command("XADD", READY, now + "000-0", "mail", "{}");
    redis.command("XREADGROUP", "GROUP", "postrider", "w", "COUNT", 1, "STREAMS", READY, ">");
    Backlog backlog = measured();
    assertEquals(1, backlog.unread());
    assertEquals(1, backlog.pending());
    assertTrue(backlog.oldestUnread().compareTo(Duration.ofMinutes(5)) < 0);
    assertTrue(backlog.oldest().compareTo(Duration.ofDays(365)) > 0);
  }

  @Test
  void counts_right_although_an_unread_entry_was_deleted() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
    redis.command("XADD", READY, "1-1", "mail", "{}");
    redis.command("XADD", READY, "2-1", "mail", "{}");
    redis.command("XDEL", READY, "1-1");
    assertEquals(1, measured().unread());
  }

  @Test
  void measures_schedule_dead_held_and_pause() {
    redis.command("ZADD", "mail:{q}:schedule", "1000", "past", "99999999999999", "future");
    redis.command("XADD", "mail:{q}:dead", "*", "mail", "{}");
    redis.command("XADD", "mail:{q}:held", "*", "mail", "{}");
    redis.command("SET", "mail:{q}:paused", "why");
    Backlog backlog = measured();
    assertEquals(2, backlog.scheduled());
    assertTrue(backlog.overdue().compareTo(Duration.ofDays(365)) > 0);
    assertEquals(1, backlog.dead());
    assertEquals(1, backlog.held());
    assertTrue(backlog.paused());
  }

  @Test
  void is_overdue_by_nothing_while_all_is_for_later() {
    redis.command("ZADD", "mail:{q}:schedule", "99999999999999", "future");
    assertEquals(Duration.ZERO, measured().overdue());
  }

  private Backlog measured() {
    return redis.await(() -> backlogs.measure(List.of("q"))).get(0);
  }
}
