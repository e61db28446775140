package dev.postrider.worker;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What decides whether and when a mail is sent: time, guards, keys, pauses, shares. */
@QuarkusTest
@TestProfile(FastWorkerProfile.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueingTest {

  private RedisProcess redis;
  private Sink sink;
  private TestProducer testProducer;
  private TestProducer bulk;

  @BeforeEach
  void open() {
    testProducer = new TestProducer(redis);
    bulk = new TestProducer(redis, "bulk");
  }

  @AfterEach
  void close() {
    testProducer.close();
    bulk.close();
    sink.assertWireClean();
  }

  @Test
  void leaves_mail_of_a_newer_format_and_sends_the_rest() {
    RedisClient redis = testProducer.redis();
    List<Object> newer = new ArrayList<>();
    try (LogRecords warnings = LogRecords.above(Level.INFO)) {
      for (int i = 0; i < 100; i++) {
        String mail = TestProducer.mail("newer@format.test");
        newer.add(
            redis.command("XADD", testProducer.key("ready"), "*", "mail", mail, "format", "2"));
      }
      for (int i = 0; i < 30; i++) {
        assertEquals("sent", testProducer.end(testProducer.send("known@format.test")).get("type"));
      }
      List<String> told =
          warnings.messages().stream().filter(line -> line.contains("newer format")).toList();
      assertTrue(told.size() <= 1, told.toString());
    }
    assertEquals(100, redis.number("XLEN", testProducer.key("ready")));
    assertEquals(List.of(), sink.mailsTo("newer@format.test"));
    newer.forEach(entry -> redis.command("XACK", testProducer.key("ready"), "postrider", entry));
    newer.forEach(entry -> redis.command("XDEL", testProducer.key("ready"), entry));
  }

  @Test
  void skips_a_mail_that_came_too_late() {
    String past = Instant.now().minusSeconds(60).toString();
    String id = testProducer.send("late@queueing.test", "\"expires_at\":\"" + past + "\"");
    Map<String, String> skipped = testProducer.end(id);
    assertEquals("skipped", skipped.get("type"));
    assertEquals("expired", skipped.get("reason"));
    assertNull(skipped.get("attempt"));
    assertEquals(List.of(), sink.mailsTo("late@queueing.test"));
  }

  @Test
  void gives_up_trying_when_a_mail_expires_between_two_attempts() {
    String soon = Instant.now().plusSeconds(1).toString();
    String id =
        testProducer.send(
            "far@queueing.test", "\"route\":\"locked\"", "\"expires_at\":\"" + soon + "\"");
    Map<String, String> skipped = testProducer.end(id);
    assertEquals("expired", skipped.get("reason"));
    assertTrue(testProducer.events(id).size() <= 2, "told at most once before");
  }

  @Test
  void sends_scheduled_mail_when_it_is_due() {
    List<Long> delays = new ArrayList<>();
    Instant start = Instant.now().plusMillis(700);
    for (int i = 0; i < 100; i++) {
      String due = start.plusMillis(i * 15L).toString();
      testProducer.send("due-" + i + "@due.test", "\"scheduled_at\":\"" + due + "\"");
    }
    for (int i = 0; i < 100; i++) {
      Instant came =
          sink.awaitTo("due-" + i + "@due.test", 1, TestProducer.BOUND).get(0).receivedAt();
      delays.add(Duration.between(start.plusMillis(i * 15L), came).toMillis());
    }
    Collections.sort(delays);
    System.out.printf(
        "scheduled mail arrives after its time: p50 %d ms, p99 %d ms, max %d ms%n",
        delays.get(50), delays.get(98), delays.get(99));
    assertTrue(delays.get(0) >= -5, "never before its time: " + delays.get(0));
    assertTrue(delays.get(50) < 1_000, "p50 " + delays.get(50) + " ms");
  }

  @Test
  void tells_when_a_scheduled_mail_is_due_and_dates_it_so() {
    Instant due = Instant.ofEpochMilli(System.currentTimeMillis() + 1_500);
    String id = testProducer.send("dated@due.test", "\"scheduled_at\":\"" + due + "\"");
    Map<String, String> scheduled = testProducer.await(id, "scheduled");
    assertEquals(Long.toString(due.toEpochMilli()), scheduled.get("due"));
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals(1, sink.mailsTo("dated@due.test").size());
  }

  @Test
  void voids_ten_thousand_waiting_mails_by_one_bump() {
    String due = Instant.now().plusSeconds(3_600).toString();
    bulk.redis().command("SET", bulk.key("paused"), "building up");
    List<String> mails = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String when = i % 2 == 0 ? "\"tags\":{}" : "\"scheduled_at\":\"" + due + "\"";
      mails.add(TestProducer.mail("void@guards.test", "\"only_if\":{\"offer:9\":0}", when));
    }
    bulk.addAll(mails);
    assertEquals(1, bulk.redis().number("HINCRBY", "mail:guards", "offer:9", 1));
    bulk.redis().command("DEL", bulk.key("paused"));
    bulk.awaitAll(10_000, event -> "superseded".equals(event.get("reason")));
    assertEquals(List.of(), sink.mailsTo("void@guards.test"));
    bulk.awaitIdle();
    String fresh = bulk.send("new@guards.test", "\"only_if\":{\"offer:9\":1}");
    assertEquals("sent", bulk.end(fresh).get("type"));
  }

  @Test
  void voids_mail_in_the_schedule_too_when_its_time_comes() {
    String due = Instant.now().plusMillis(1_500).toString();
    String id =
        testProducer.send(
            "void@schedule.test",
            "\"only_if\":{\"offer:10\":0}",
            "\"scheduled_at\":\"" + due + "\"");
    testProducer.await(id, "scheduled");
    testProducer.redis().command("HINCRBY", "mail:guards", "offer:10", 1);
    assertEquals("superseded", testProducer.end(id).get("reason"));
  }

  @Test
  void cancels_a_single_mail_and_forgets_its_topic() {
    testProducer.redis().command("HINCRBY", "mail:guards", "mail/cancel-1", 1);
    testProducer.send("cancelled@guards.test", "\"id\":\"cancel-1\"");
    assertEquals("cancelled", testProducer.end("cancel-1").get("reason"));
    awaitNoTopic("mail/cancel-1");
    testProducer.send("cancelled@guards.test", "\"id\":\"cancel-1\"");
    testProducer.await("cancel-1", "sent");
  }

  private void awaitNoTopic(String topic) {
    long deadline = System.nanoTime() + TestProducer.BOUND.toNanos();
    while (testProducer.redis().number("HEXISTS", "mail:guards", topic) == 1) {
      assertTrue(System.nanoTime() < deadline, "the topic is still there");
    }
  }

  @Test
  void skips_what_was_accepted_before_under_the_same_key() {
    String first = testProducer.send("key@keys.test", "\"idempotency_key\":\"k-1\"");
    assertEquals("sent", testProducer.end(first).get("type"));
    for (int i = 0; i < 5; i++) {
      String again = testProducer.send("key@keys.test", "\"idempotency_key\":\"k-1\"");
      assertEquals("duplicate", testProducer.end(again).get("reason"));
    }
    String other = testProducer.send("key@keys.test", "\"idempotency_key\":\"k-2\"");
    assertEquals("sent", testProducer.end(other).get("type"));
    assertEquals(2, sink.mailsTo("key@keys.test").size());
  }

  @Test
  void does_not_take_a_mail_that_is_tried_again_for_its_own_duplicate() {
    String id = testProducer.send("450-rcpt-1x@keys.test", "\"idempotency_key\":\"k-3\"");
    assertEquals("sent", testProducer.end(id).get("type"));
  }

  /** A key of another mail, although a time from acceptance to acceptance that makes duplicates. */
  @Test
  void sends_a_mail_that_was_accepted_whichever_mail_has_its_key_when_it_is_due() {
    String due = Instant.now().plusMillis(300).toString();
    String scheduled =
        testProducer.send(
            "key@kept.test", "\"idempotency_key\":\"k-4\"", "\"scheduled_at\":\"" + due + "\"");
    testProducer.await(scheduled, "scheduled");
    giveKeyToAnother("k-4", scheduled);
    String deferred = testProducer.send("450-rcpt-2x@kept.test", "\"idempotency_key\":\"k-5\"");
    testProducer.await(deferred, "deferred");
    giveKeyToAnother("k-5", deferred);
    assertEquals("sent", testProducer.end(scheduled).get("type"));
    assertEquals("sent", testProducer.end(deferred).get("type"));
    String again = testProducer.send("key@kept.test", "\"idempotency_key\":\"k-4\"");
    assertEquals("duplicate", testProducer.end(again).get("reason"));
  }

  private void giveKeyToAnother(String key, String entry) {
    testProducer.redis().command("SET", testProducer.key("seen:" + key), entry + "9 other");
  }

  @Test
  void sends_and_dates_mail_whose_ids_are_in_another_unit() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String id = now.toEpochMilli() + "000000-0";
    String mail = TestProducer.mail("450-rcpt-1x@ids.test", "\"idempotency_key\":\"k-9\"");
    bulk.redis().command("XADD", bulk.key("ready"), id, "mail", mail);
    assertEquals("sent", bulk.end(id).get("type"));
    String message =
        new String(sink.mailsTo("450-rcpt-1x@ids.test").get(0).message(), StandardCharsets.UTF_8);
    String date = RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)).replace("GMT", "+0000");
    assertTrue(message.contains("Date: " + date + "\r\n"), message);
    String due = Instant.now().plusMillis(300).toString();
    String later = bulk.send("later@ids.test", "\"scheduled_at\":\"" + due + "\"");
    assertEquals("sent", bulk.end(later).get("type"));
  }

  @Test
  void lets_a_full_queue_starve_no_other() {
    List<String> mails =
        IntStream.range(0, 2_000)
            .mapToObj(i -> TestProducer.mail("slow-dot-20ms+bulk@x.test"))
            .toList();
    bulk.addAll(mails);
    sink.awaitTo("slow-dot-20ms+bulk@x.test", 20, TestProducer.BOUND);
    long before = bulk.redis().number("XLEN", bulk.key("ready"));
    for (int i = 0; i < 20; i++) {
      testProducer.end(testProducer.send("through@x.test"));
    }
    long after = bulk.redis().number("XLEN", bulk.key("ready"));
    assertTrue(after > 0, "bulk is still busy");
    assertTrue(before - after < 1_500, "twenty mails, one after the other, passed " + before);
    bulk.awaitIdle();
  }

  @Test
  void sends_nothing_of_a_paused_queue_and_everything_when_it_is_resumed() {
    testProducer.redis().command("SET", testProducer.key("paused"), "because");
    String first = testProducer.send("paused@pause.test");
    List<String> mails =
        IntStream.range(0, 300).mapToObj(i -> TestProducer.mail("paused@pause.test")).toList();
    testProducer.addAll(mails);
    bulk.end(bulk.send("other@pause.test"));
    assertEquals(0, sink.mailsTo("paused@pause.test").size());
    testProducer.redis().command("DEL", testProducer.key("paused"));
    sink.awaitTo("paused@pause.test", 301, TestProducer.BOUND);
    testProducer.await(first, "sent");
    testProducer.awaitIdle();
    assertEquals(301, sink.mailsTo("paused@pause.test").size());
  }

  @Test
  void polls_no_faster_because_a_full_queue_is_paused() {
    List<String> mails =
        IntStream.range(0, 500)
            .mapToObj(i -> TestProducer.mail("slow-dot-5ms+p@pause.test"))
            .toList();
    bulk.addAll(mails);
    sink.awaitTo("slow-dot-5ms+p@pause.test", 50, TestProducer.BOUND);
    bulk.redis().command("SET", bulk.key("paused"), "because");
    awaitSilence(bulk);
    long before = reads();
    for (int i = 0; i < 10; i++) {
      testProducer.end(testProducer.send("beside@pause.test"));
      bulk.redis().command("XREAD", "BLOCK", 100, "STREAMS", bulk.key("events"), "$");
    }
    long reads = reads() - before;
    assertTrue(reads < 400, reads + " reads in about a second");
    bulk.redis().command("DEL", bulk.key("paused"));
    sink.awaitTo("slow-dot-5ms+p@pause.test", 500, TestProducer.BOUND);
    bulk.awaitIdle();
  }

  /** Both engines hold what they have read: nothing ends for a moment. */
  private static void awaitSilence(TestProducer queue) {
    long deadline = System.nanoTime() + TestProducer.BOUND.toNanos();
    while (queue.redis().command("XREAD", "BLOCK", 300, "STREAMS", queue.key("events"), "$")
        != null) {
      assertTrue(System.nanoTime() < deadline, "mail of a paused queue still ends");
    }
  }

  private long reads() {
    try (RedisClient client = redis.client()) {
      String stats = (String) client.command("INFO", "commandstats");
      return stats
          .lines()
          .filter(line -> line.startsWith("cmdstat_xreadgroup:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll(".*calls=(\\d+).*", "$1")))
          .sum();
    }
  }

  @Test
  void takes_over_the_mail_of_a_consumer_without_a_lease() {
    String id = sendReadBy("another-reader", "reclaimed@lease.test");
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals(1, sink.mailsTo("reclaimed@lease.test").size());
  }

  @Test
  void leaves_the_mail_of_a_consumer_with_a_lease_alone() {
    testProducer.redis().command("SET", testProducer.key("worker:a-friend"), "{}", "PX", 60_000);
    String id = sendReadBy("a-friend", "leased@lease.test");
    String marker = testProducer.send("marker@lease.test");
    testProducer.end(marker);
    testProducer
        .redis()
        .command("XREAD", "BLOCK", 2_500, "STREAMS", testProducer.key("events"), "$");
    assertEquals(List.of(), testProducer.events(id));
    testProducer.redis().command("DEL", testProducer.key("worker:a-friend"));
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals(1, sink.mailsTo("leased@lease.test").size());
  }

  /** So it is retried after its workers died before they could put it into the schedule. */
  @Test
  void waits_for_the_time_of_scheduled_mail_that_is_retried_before_it() {
    Instant due = Instant.now().plusSeconds(2);
    String mail = TestProducer.mail("early@due.test", "\"scheduled_at\":\"" + due + "\"");
    RedisClient redis = testProducer.redis();
    String progress = "{\"origin\":\"1700000000000-0\",\"attempts\":0,\"setbacks\":0}";
    redis.command("XADD", testProducer.key("ready"), "*", "mail", mail, "progress", progress);
    testProducer.await("1700000000000-0", "scheduled");
    assertEquals("sent", testProducer.end("1700000000000-0").get("type"));
    Instant came = sink.awaitTo("early@due.test", 1, TestProducer.BOUND).get(0).receivedAt();
    assertFalse(came.isBefore(due), came + " is before " + due);
  }

  /** As the documentation says: nothing in flight, then the group is created again. */
  @Test
  void sends_what_a_deleted_consumer_had_once_the_group_is_set_back() {
    RedisClient redis = testProducer.redis();
    String ready = testProducer.key("ready");
    String id = sendReadBy("a-deleted", "deleted@lease.test");
    redis.command("XGROUP", "DELCONSUMER", ready, "postrider", "a-deleted");
    assertEquals("sent", testProducer.end(testProducer.send("other@lease.test")).get("type"));
    assertEquals(1, redis.number("XLEN", ready));
    redis.command("SET", testProducer.key("paused"), "while the group is set back");
    redis.command("XGROUP", "SETID", ready, "postrider", "0");
    redis.command("DEL", testProducer.key("paused"));
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals(1, sink.mailsTo("deleted@lease.test").size());
  }

  @Test
  void makes_a_mail_dead_whose_readers_died_three_times() {
    String id = sendReadBy("a-victim", "poison@lease.test");
    testProducer
        .redis()
        .command(
            "XCLAIM",
            testProducer.key("ready"),
            "postrider",
            "a-victim",
            0,
            id,
            "RETRYCOUNT",
            5,
            "JUSTID");
    Map<String, String> dead = testProducer.end(id);
    assertEquals("dead", dead.get("type"));
    assertEquals("poison", dead.get("reason"));
    assertFalse(sink.mails().stream().anyMatch(m -> m.recipients().contains("poison@lease.test")));
  }

  /** Adds a mail and has a consumer without a worker read it, before any worker can. */
  private String sendReadBy(String consumer, String to) {
    String ready = testProducer.key("ready");
    List<Object> replies =
        testProducer
            .redis()
            .pipeline(
                List.of(
                    List.of("MULTI"),
                    List.of("XADD", ready, "*", "mail", TestProducer.mail(to)),
                    List.of("XREADGROUP", "GROUP", "postrider", consumer, "STREAMS", ready, ">"),
                    List.of("EXEC")));
    return (String) ((List<?>) replies.get(3)).get(0);
  }
}
