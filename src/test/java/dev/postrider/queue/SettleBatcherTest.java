package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Loop;
import dev.postrider.support.Terms;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettleBatcherTest {

  private static final QueueSettings SETTINGS =
      new QueueSettings("mail", 100_000, 100_000, 100_000, Duration.ofSeconds(15));

  private static RedisProcess server;
  private static RedisClient redis;
  private static Loop loop;

  private final SettleBatcher settleBatcher =
      loop.call(() -> new SettleBatcher(loop.context(), loop.link(), "me", SETTINGS));

  @BeforeAll
  static void start() {
    server = RedisProcess.startDurable();
    redis = server.client();
    loop = Loop.at(server.port());
  }

  @AfterAll
  static void stop() {
    loop.close();
    redis.close();
    server.close();
  }

  @BeforeEach
  void flush() {
    redis.command("FLUSHALL");
    for (String queue : List.of("faulty", "sound")) {
      redis.command("XGROUP", "CREATE", ready(queue), "postrider", "0", "MKSTREAM");
    }
  }

  @Test
  void settles_whatever_comes_and_answers_each() {
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    for (String entry : read("sound", 2_500)) {
      answers.add(settle("sound", entry, "sent"));
    }
    answers.forEach(answer -> assertEquals(1L, Loop.join(answer)));
    assertEquals(0, redis.number("XLEN", ready("sound")));
    assertEquals("2500", redis.command("HGET", "mail:{sound}:totals", "sent"));
  }

  @Test
  void a_batch_that_redis_refuses_delays_no_other() {
    redis.command("SET", "mail:{faulty}:events", "something else");
    List<CompletableFuture<Long>> refused = new ArrayList<>();
    for (String entry : read("faulty", 40)) {
      refused.add(settle("faulty", entry, "skipped"));
      loop.call(() -> 0); // One batch for each.
    }
    for (String entry : read("sound", 400)) {
      assertEquals(1L, Loop.join(settle("sound", entry, "sent")));
    }
    refused.forEach(answer -> assertFalse(answer.isDone()));
    redis.command("DEL", "mail:{faulty}:events");
    refused.forEach(answer -> assertEquals(1L, Loop.join(answer)));
    assertEquals(0, redis.number("XLEN", ready("faulty")));
  }

  @Test
  void keeps_what_ended_while_redis_was_away() {
    List<String> entries = read("sound", 300);
    redis.close();
    server.stop();
    List<CompletableFuture<Long>> answers = new ArrayList<>();
    entries.forEach(entry -> answers.add(settle("sound", entry, "sent")));
    server.restart();
    redis = server.client();
    answers.forEach(answer -> assertEquals(1L, Loop.join(answer)));
    assertEquals("300", redis.command("HGET", "mail:{sound}:totals", "sent"));
    assertTrue(redis.number("XLEN", ready("sound")) == 0);
  }

  private CompletableFuture<Long> settle(String queue, String entry, String outcome) {
    Settlement settlement =
        new Settlement(
            new Entry(
                queue,
                entry,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Terms.firstReading()),
            entry,
            outcome,
            new Disposition.Remove(),
            List.of());
    return loop.subscribe(() -> settleBatcher.settle(settlement));
  }

  private static List<String> read(String queue, int count) {
    List<List<Object>> adds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      adds.add(List.of("XADD", ready(queue), "*", "mail", "{}"));
    }
    redis.pipeline(adds);
    List<?> streams =
        (List<?>)
            redis.command(
                "XREADGROUP",
                "GROUP",
                "postrider",
                "me",
                "COUNT",
                count,
                "STREAMS",
                ready(queue),
                ">");
    List<String> entries = new ArrayList<>();
    for (Object entry : (List<?>) ((List<?>) streams.get(0)).get(1)) {
      entries.add((String) ((List<?>) entry).get(0));
    }
    return entries;
  }

  private static String ready(String queue) {
    return "mail:{" + queue + "}:ready";
  }
}
