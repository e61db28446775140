package dev.postrider.cli.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.cli.Exit;
import dev.postrider.cli.Shell;
import dev.postrider.support.redis.RedisFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands dead and held. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeadLetterCommandTest {

  private static final String MAIL =
      "{\"from\":\"hi@acme.test\",\n\"to\":\"ana@example.test\",\"text\":\"Hello\"}";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private Shell shell;

  @BeforeEach
  void fill() {
    shell = Shell.at(redis.url()).with("postrider.queues", "default,bulk");
    add("default", "dead", "a", 5_000, "refused");
    add("default", "dead", "b", 6_000, "exhausted");
    add("bulk", "dead", "c", 7_000, "exhausted");
    add("bulk", "held", "d", 8_000, "unknown");
  }

  @Test
  void lists_what_is_dead() {
    assertEquals(
        List.of(
            "TIME                  QUEUE    ID  REASON     ATTEMPTS  DETAIL",
            "1970-01-01T00:00:06Z  default  b   exhausted         0  no luck",
            "1970-01-01T00:00:05Z  default  a   refused           0  no luck",
            "1970-01-01T00:00:07Z  bulk     c   exhausted         0  no luck"),
        shell.run("dead").lines());
  }

  @Test
  void lists_what_is_held_as_stable_json() {
    String entry = entryOf("mail:{bulk}:held");
    assertEquals(
        "{\"mails\":[{\"id\":\"d\",\"queue\":\"bulk\",\"entry\":\""
            + entry
            + "\",\"at\":8000,\"reason\":\"unknown\",\"detail\":\"no luck\",\"attempts\":0,"
            + "\"size\":"
            + MAIL.length()
            + "}],\"more\":false}\n",
        shell.run("held", "list", "-o", "json").out());
  }

  @Test
  void tells_that_there_is_more_than_it_shows() {
    Shell.Ended ended = shell.run("dead", "--limit", "1");
    assertEquals(2, ended.lines().size());
    assertEquals("There is more: --limit 0 shows all.\n", ended.err());
  }

  @Test
  void selects_by_reason_queue_and_time() {
    assertEquals(3, shell.run("dead", "--reason", "exhausted").lines().size());
    assertEquals(2, shell.run("dead", "--queue", "bulk").lines().size());
    assertEquals(1, shell.run("dead", "--since", "1m").lines().size());
  }

  @Test
  void shows_one_with_its_mail() {
    Shell.Ended ended = shell.run("dead", "show", entryOf("mail:{bulk}:dead"));
    assertTrue(ended.out().contains("id        c\n"), ended.out() + ended.err());
    assertTrue(ended.out().contains("\"to\":\"ana@example.test\""));
  }

  @Test
  void puts_selected_mail_back_into_its_queue() {
    Shell.Ended counted = shell.run("dead", "retry", "--all", "--reason", "exhausted", "--dry-run");
    assertEquals("2 mails would be put back into the queue\n", counted.out());
    Shell.Ended ended = shell.run("dead", "retry", "--all", "--reason", "exhausted");
    assertEquals("2 of 2 mails put back into the queue\n", ended.out());
    assertEquals(1, redis.number("XLEN", "mail:{default}:ready"));
    assertEquals(1, redis.number("XLEN", "mail:{bulk}:ready"));
    assertEquals(2, shell.run("dead").lines().size());
  }

  @Test
  void discards_a_mail_by_its_id() {
    Shell.Ended ended = shell.run("held", "discard", entryOf("mail:{bulk}:held"), "-o", "json");
    assertEquals("{\"action\":\"discard\",\"matched\":1,\"done\":1}\n", ended.out());
    assertEquals(0, redis.number("XLEN", "mail:{bulk}:held"));
  }

  @Test
  void does_not_take_a_held_mail_for_a_dead_one() {
    Shell.Ended ended = shell.run("dead", "retry", entryOf("mail:{bulk}:held"));
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(ended.err().startsWith("postrider: No dead mail has the id "), ended.err());
    assertEquals(1, redis.number("XLEN", "mail:{bulk}:held"));
  }

  @Test
  void refuses_to_retry_without_ids_or_all() {
    assertEquals(Exit.WRONG_USAGE, shell.run("dead", "retry").status());
    assertEquals(Exit.WRONG_USAGE, shell.run("dead", "retry", "--all", "a").status());
    assertEquals(
        3, redis.number("XLEN", "mail:{default}:dead") + redis.number("XLEN", "mail:{bulk}:dead"));
  }

  @Test
  void exports_lines_that_can_be_enqueued() {
    String lines = shell.run("dead", "export").out();
    assertEquals(3, lines.lines().count());
    Shell.Ended ended = shell.typing(lines).run("enqueue", "--dry-run");
    assertEquals("valid: 3\n", ended.out(), ended.err());
  }

  private static void add(String queue, String kind, String id, long at, String reason) {
    redis.command(
        "XADD",
        "mail:{" + queue + "}:" + kind,
        at + "-0",
        "id",
        id,
        "at",
        at,
        "reason",
        reason,
        "detail",
        "no luck",
        "mail",
        MAIL);
  }

  private static String entryOf(String stream) {
    List<?> entries = (List<?>) redis.command("XRANGE", stream, "-", "+");
    return ((List<?>) entries.get(0)).get(0).toString();
  }
}
