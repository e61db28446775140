package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisFixture;
import dev.postrider.support.redis.RedisProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Following the events of the queues. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TailCommandTest {

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Shell shell = Shell.at(redis.url()).with("postrider.queues", "default,bulk");

  @Test
  void shows_what_was_there_as_lines_for_people() {
    event(
        "default",
        "5000-0",
        "type",
        "sent",
        "id",
        "a",
        "at",
        "5000",
        "attempt",
        "1",
        "code",
        "250",
        "reply",
        "Ok queued",
        "took_ms",
        "12");
    event(
        "default",
        "6000-0",
        "type",
        "deferred",
        "id",
        "b",
        "at",
        "6000",
        "reason",
        "transient",
        "due",
        "36000");
    assertEquals(
        List.of(
            "1970-01-01T00:00:05Z  sent       default  a  attempt=1  code=250  reply=\"Ok queued\"",
            "1970-01-01T00:00:06Z  deferred   default  b  reason=transient "
                + " due=1970-01-01T00:00:36Z"),
        shell.run("tail", "--no-follow").lines());
  }

  @Test
  void shows_each_event_as_one_line_of_json() {
    event(
        "bulk",
        "5000-0",
        "type",
        "dead",
        "id",
        "a",
        "at",
        "5000",
        "code",
        "550",
        "tags",
        "{\"kind\":\"offer\"}");
    assertEquals(
        "{\"queue\":\"bulk\",\"type\":\"dead\",\"id\":\"a\",\"at\":5000,\"code\":550,"
            + "\"tags\":{\"kind\":\"offer\"}}\n",
        shell.run("tail", "--no-follow", "-o", "json").out());
  }

  @Test
  void chooses_by_queue_type_and_time() {
    event("default", "5000-0", "type", "sent", "id", "early", "at", "5000");
    event("default", "7000-0", "type", "sent", "id", "late", "at", "7000");
    event("default", "8000-0", "type", "dead", "id", "bad", "at", "8000");
    event("bulk", "7000-0", "type", "sent", "id", "other", "at", "7000");
    Shell.Ended ended =
        shell.run(
            "tail",
            "--no-follow",
            "--queue",
            "default",
            "--type",
            "sent,held",
            "--since",
            "1970-01-01T00:00:06Z");
    assertEquals(1, ended.lines().size(), ended.out());
    assertTrue(ended.out().contains("late"));
  }

  @Test
  void follows_what_happens_from_now_on() throws Exception {
    event("default", "5000-0", "type", "sent", "id", "before", "at", "5000");
    CompletableFuture<Shell.Ended> tail =
        CompletableFuture.supplyAsync(() -> shell.run("tail", "-n", "2"));
    for (int i = 1; !tail.isDone() && i < 600; i++) {
      event("bulk", "*", "type", "sent", "id", "after-" + i, "at", "6000");
      await(tail);
    }
    List<String> lines = tail.get(30, TimeUnit.SECONDS).lines();
    assertEquals(2, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.contains("after-")), lines.toString());
  }

  @Test
  void goes_on_after_an_outage() throws Exception {
    RedisProcess server = RedisProcess.startDurable();
    try {
      Shell shell = Shell.at(server.url());
      CompletableFuture<Shell.Ended> tail =
          CompletableFuture.supplyAsync(() -> shell.run("tail", "--since", "1d", "-n", "2"));
      String now = System.currentTimeMillis() + "-0";
      happen(server, now, "before");
      await(tail);
      server.restart();
      happen(server, "*", "after");
      List<String> lines = tail.get(60, TimeUnit.SECONDS).lines();
      assertTrue(lines.get(0).contains("before") && lines.get(1).contains("after"));
    } finally {
      server.close();
    }
  }

  private static void happen(RedisProcess redis, String entry, String id) {
    try (RedisClient client = redis.client()) {
      client.command("XADD", "mail:{default}:events", entry, "type", "sent", "id", id, "at", "1");
    }
  }

  @Test
  void refuses_a_time_that_is_none() {
    assertEquals(Exit.WRONG_USAGE, shell.run("tail", "--since", "yesterday").status());
  }

  /** The command does not tell when it starts to read; so events are added until it shows one. */
  private static void await(CompletableFuture<?> tail) {
    try {
      tail.get(50, TimeUnit.MILLISECONDS);
    } catch (Exception stillLooking) {
      // It goes on.
    }
  }

  private static void event(String queue, String entry, String... words) {
    Object[] command = new Object[3 + words.length];
    command[0] = "XADD";
    command[1] = "mail:{" + queue + "}:events";
    command[2] = entry;
    System.arraycopy(words, 0, command, 3, words.length);
    redis.command(command);
  }
}
