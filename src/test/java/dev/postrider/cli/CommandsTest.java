package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.support.redis.RedisFixture;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short commands on a real Redis: what they print, what they do, how they end. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandsTest {

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Shell shell = Shell.at(redis.url()).with("postrider.queues", "default,bulk");

  @Test
  void shows_and_bumps_a_topic() {
    assertEquals("offer:123 is at version 0\n", shell.run("guard", "offer:123").out());
    assertEquals(
        "{\"topic\":\"offer:123\",\"version\":1}\n",
        shell.run("guard", "offer:123", "bump", "-o", "json").out());
    assertEquals("1", redis.command("HGET", "mail:guards", "offer:123"));
  }

  @Test
  void prints_every_queue_in_a_table() {
    redis.command("XADD", "mail:{bulk}:ready", "*", "mail", "{}");
    redis.command("HSET", "mail:{default}:totals", "sent", "1234567");
    Shell.Ended ended = shell.run("stats");
    assertEquals(Exit.DONE, ended.status());
    assertEquals(
        List.of(
            "QUEUE    READY  IN FLIGHT  SCHEDULED  OVERDUE  DEAD  HELD       SENT  SKIPPED  DEFERRED  STATE",
            "default      0          0          0        0     0     0  1,234,567        0         0  running",
            "bulk         1          0          0        0     0     0          0        0         0  running"),
        ended.lines());
  }

  @Test
  void prints_one_queue_as_stable_json() {
    assertEquals(
        "{\"queues\":[{\"queue\":\"bulk\",\"paused\":false,\"ready\":0,\"in_flight\":0,"
            + "\"scheduled\":0,\"overdue\":0,\"dead\":0,\"held\":0,\"totals\":{\"sent\":0,"
            + "\"skipped\":0,\"scheduled\":0,\"deferred\":0,\"dead\":0,\"held\":0}}]}\n",
        shell.run("stats", "--queue", "bulk", "-o", "json").out());
  }

  @Test
  void lets_a_queue_rest_for_a_while_and_run_again() {
    Shell.Ended paused = shell.run("queue", "pause", "bulk", "--for", "10m", "--reason", "slow");
    assertTrue(paused.out().startsWith("bulk is paused until 20"), paused.out());
    assertTrue(redis.number("PTTL", "mail:{bulk}:paused") > 590_000);
    assertTrue(shell.run("queue").lines().get(2).startsWith("bulk     paused"));
    assertEquals("bulk is running\n", shell.run("queue", "resume", "bulk").out());
    assertEquals(0, redis.number("EXISTS", "mail:{bulk}:paused"));
  }

  @Test
  void cancels_a_mail_by_its_topic() {
    Shell.Ended ended = shell.run("cancel", "order-1", "-o", "json");
    assertEquals("{\"id\":\"order-1\",\"known\":false,\"cancelled\":true}\n", ended.out());
    assertEquals("1", redis.command("HGET", "mail:guards", "mail/order-1"));
  }

  @Test
  void does_not_cancel_what_has_ended() {
    redis.command("HSET", "mail:{bulk}:history:new", "a", "type\u001fsent\u001fid\u001fa");
    Shell.Ended ended = shell.run("cancel", "a");
    assertEquals(Exit.FAILED, ended.status());
    assertEquals("postrider: Mail a has ended: it is sent.\n", ended.err());
    assertEquals(0, redis.number("EXISTS", "mail:guards"));
  }

  @Test
  void says_in_one_sentence_that_redis_is_down() {
    Shell.Ended ended = Shell.at("redis://127.0.0.1:1").run("stats");
    assertEquals(Exit.FAILED, ended.status());
    assertEquals("", ended.out());
    assertEquals(1, ended.err().lines().count(), ended.err());
    assertTrue(ended.err().startsWith("postrider: Redis at 127.0.0.1:1 does not answer ("));
    assertTrue(ended.err().contains("QUARKUS_REDIS_HOSTS"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats --queue nope",
        "queue pause nope",
        "queue pause bulk --for never",
        "queue pause bulk --for 400d",
        "guard",
        "guard offer!",
        "guard offer:1 raise",
        "cancel",
        "cancel a/b",
        "stats -o yaml",
        "stats --frequently",
        "enqueue --queue nope --from a",
        "frobnicate"
      })
  void ends_with_2_when_used_wrongly(String line) {
    Shell.Ended ended = shell.run(line.split(" "));
    assertEquals(Exit.WRONG_USAGE, ended.status(), ended.err());
    assertEquals("", ended.out());
    assertFalse(ended.err().isBlank());
    assertEquals(0, redis.number("DBSIZE"));
  }

  @Test
  void names_the_queues_there_are() {
    assertEquals(
        "postrider: There is no queue nope; configured in postrider.queues: default, bulk.\n",
        shell.run("stats", "--queue", "nope").err());
  }

  @Test
  void names_a_setting_that_means_nothing() {
    Shell.Ended ended = shell.with("postrider.retry.attempts", "0").run("stats");
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(ended.err().contains("postrider.retry.attempts"), ended.err());
  }

  @Test
  void prints_the_schema_of_a_mail() throws IOException {
    Shell.Ended ended = shell.run("schema");
    assertEquals(Exit.DONE, ended.status(), ended.err());
    try (JsonParser parser = new JsonFactory().createParser(ended.out())) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      parser.skipChildren();
      assertNull(parser.nextToken());
    }
    assertTrue(ended.out().contains("\"scheduled_at\""), ended.out());
  }

  @Test
  void suggests_the_command_that_was_meant() {
    assertTrue(shell.run("stat").err().contains("Try: postrider --help"));
    assertEquals(Exit.DONE, shell.run("stats", "--help").status());
  }

  @Test
  void explains_itself() {
    Shell.Ended ended = shell.run("--help");
    assertEquals(Exit.DONE, ended.status());
    assertTrue(ended.out().contains("Exit status: 0 done, 1 failed, 2 wrong usage."));
    assertTrue(shell.run("--version").out().startsWith("postrider "));
  }

  @Test
  void prints_a_script_that_completes_commands() {
    Shell.Ended ended = shell.run("completion");
    assertEquals(Exit.DONE, ended.status());
    assertTrue(ended.out().contains("complete -F _complete_postrider"), ended.err());
  }
}
