package dev.postrider.queue.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.support.redis.RedisFixture;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others take out of a stream is counted to the last mail. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrimCounterTest {

  private static final String READY = "mail:{q}:ready";
  private static final String TOTALS = "mail:{q}:totals";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private static long trimmed() {
    OptionalLong count = redis.await(() -> new TrimCounter(redis.link(), "mail").count("q"));
    return count.orElseThrow();
  }

  private static void add(int mails) {
    for (int i = 0; i < mails; i++) {
      redis.command("XADD", READY, "*", "mail", "{}");
    }
  }

  /** As the scripts that settle do it. */
  private static void settle(int mails) {
    for (int i = 0; i < mails; i++) {
      String first = redis.command("XRANGE", READY, "-", "+", "COUNT", 1).toString();
      redis.command("XDEL", READY, first.replaceAll("^\\[+([0-9-]+).*", "$1"));
      redis.command("HINCRBY", TOTALS, i % 2 == 0 ? "sent" : "dead", 1);
    }
  }

  @Test
  void nothing_is_missing_from_a_queue_that_is_empty_or_was_only_settled() {
    assertEquals(0, trimmed());
    add(10);
    assertEquals(0, trimmed());
    settle(7);
    assertEquals(0, trimmed());
  }

  @Test
  void each_mail_that_was_trimmed_is_missing() {
    add(10);
    settle(3);
    redis.command("XTRIM", READY, "MAXLEN", 2);
    assertEquals(5, trimmed());
    redis.command("XADD", READY, "MAXLEN", 1, "*", "mail", "{}");
    assertEquals(7, trimmed());
    settle(1);
    assertEquals(7, trimmed());
  }

  @Test
  void a_stream_that_was_created_again_begins_at_zero() {
    add(10);
    settle(10);
    redis.command("DEL", READY);
    assertEquals(0, trimmed());
    add(4);
    assertEquals(0, trimmed());
    redis.command("XTRIM", READY, "MAXLEN", 1);
    assertEquals(3, trimmed());
  }
}
