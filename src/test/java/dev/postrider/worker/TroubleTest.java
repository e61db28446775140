package dev.postrider.worker;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Cut;
import dev.postrider.support.FaultProxy;
import dev.postrider.support.Lane;
import dev.postrider.support.RedisProcess;
import dev.postrider.support.Sink;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Servers and Redis that fail while mail flows. */
@QuarkusTest
@TestProfile(Brisk.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TroubleTest {

  @Inject Worker worker;

  private RedisProcess redis;
  private Sink sink;
  private FaultProxy proxy;
  private Harbour harbour;
  private Producer producer;

  @BeforeEach
  void open() {
    producer = new Producer(redis);
    proxy.heal();
  }

  @AfterEach
  void close() {
    producer.close();
    sink.assertWireClean();
  }

  @Test
  void waits_out_a_server_that_is_away_without_using_up_attempts() {
    proxy.shut();
    String id = producer.send("away@trouble.test", "\"route\":\"far\"");
    producer.awaitAll(6, event -> id.equals(event.get("id")));
    for (Map<String, String> event : producer.events(id)) {
      assertEquals("deferred", event.get("type"));
      assertEquals("connection", event.get("reason"));
      assertEquals("1", event.get("attempt"), "no attempt was used up");
      assertEquals("far", event.get("route"));
      assertTrue(event.containsKey("detail"));
    }
    proxy.open();
    Map<String, String> sent = producer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("1", sent.get("attempt"));
    assertEquals(1, harbour.far().mailsTo("away@trouble.test").size());
  }

  @Test
  void keeps_mail_of_a_route_that_refuses_our_password() {
    String id = producer.send("locked@trouble.test", "\"route\":\"locked\"");
    producer.awaitAll(6, event -> id.equals(event.get("id")));
    for (Map<String, String> event : producer.events(id)) {
      assertEquals("deferred", event.get("type"));
      assertEquals("1", event.get("attempt"));
      assertFalse(event.toString().contains("acme.test"), "the server's address is masked");
    }
    assertEquals("route-down", producer.events(id).get(0).get("reason"), "" + producer.events(id));
    assertEquals("535", producer.events(id).get(0).get("code"));
    producer.redis().command("HINCRBY", "mail:guards", "mail/" + id, 1);
    assertEquals("cancelled", producer.end(id).get("reason"));
  }

  @Test
  void refuses_a_route_that_is_not_configured() {
    String id = producer.send("nowhere@trouble.test", "\"route\":\"nowhere\"");
    Map<String, String> dead = producer.end(id);
    assertEquals("invalid", dead.get("reason"));
    assertEquals("/route", dead.get("pointer"));
  }

  @Test
  void sends_again_if_the_connection_was_cut_before_the_end_left() {
    proxy.cutOnce(Cut.before(Lane.UP, "It works."));
    String id = producer.send("cut@trouble.test", "\"route\":\"far\"");
    assertEquals("sent", producer.end(id).get("type"));
    assertEquals(1, harbour.far().mailsTo("cut@trouble.test").size());
  }

  @Test
  void ends_a_mail_whose_content_makes_the_server_hang_up_each_time() {
    String id = producer.send("drop-in-data@trouble.test");
    Map<String, String> dead = producer.end(id);
    assertEquals("exhausted", dead.get("reason"));
    assertEquals("4", dead.get("attempt"));
  }

  @Test
  void ends_a_mail_that_is_answered_421_to_its_final_dot_each_time() {
    Map<String, String> dead = producer.end(producer.send("421-dot@trouble.test"));
    assertEquals("exhausted", dead.get("reason"));
  }

  @Test
  void goes_on_with_a_new_group_when_redis_has_forgotten_everything() {
    producer.end(producer.send("before@flush.test"));
    producer.redis().command("FLUSHALL");
    String id = producer.send("after@flush.test");
    assertEquals("sent", producer.end(id).get("type"));
  }

  @Test
  void goes_on_when_redis_forgot_everything_and_all_connections_too() {
    producer.end(producer.send("before@client-kill.test"));
    producer
        .redis()
        .pipeline(List.of(List.of("FLUSHALL"), List.of("CLIENT", "KILL", "TYPE", "normal")));
    String id = producer.send("after@client-kill.test");
    assertEquals("sent", producer.end(id).get("type"));
  }

  @Test
  void settles_what_ends_after_redis_forgot_it() {
    String id = producer.send("slow-dot-400ms@forgotten.test");
    sink.awaitTo("slow-dot-400ms@forgotten.test", 1, Producer.BOUND);
    producer.redis().command("FLUSHALL");
    for (int i = 0; i < 40; i++) {
      producer.end(producer.send("next-" + i + "@forgotten.test"));
    }
    assertFalse(id.isEmpty());
  }

  @Test
  void loses_no_mail_and_doubles_none_when_redis_is_killed_while_mail_flows() {
    Set<String> wanted = new HashSet<>();
    List<String> mails = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      wanted.add("r" + i + "@killed.test");
      mails.add(Producer.mail("r" + i + "@killed.test"));
    }
    producer.addAll(mails);
    sink.awaitTo("r100@killed.test", 1, Producer.BOUND);
    redis.kill9();
    redis.restart();
    producer.close();
    producer = new Producer(redis);
    for (String to : wanted) {
      sink.awaitTo(to, 1, Producer.BOUND);
    }
    producer.awaitIdle();
    long copies =
        sink.mails().stream()
            .flatMap(mail -> mail.recipients().stream())
            .filter(wanted::contains)
            .count();
    assertTrue(copies - wanted.size() <= 16, "more twice than were in flight: " + copies);
    System.out.printf("Redis killed: %d of %d twice%n", copies - wanted.size(), wanted.size());
  }

  @Test
  void parks_without_counting_what_could_not_be_sent_while_redis_was_away() {
    List<String> mails = IntStream.range(0, 100).mapToObj(TroubleTest::slowMail).toList();
    producer.addAll(mails);
    sink.awaitTo("slow-dot-300ms+3@gate.test", 1, Producer.BOUND);
    redis.stop();
    awaitNotEntitled();
    redis.restart();
    producer.close();
    producer = new Producer(redis);
    for (int i = 0; i < 100; i++) {
      String id = "gate-" + i;
      assertEquals("sent", producer.end(id).get("type"));
      producer.events(id).forEach(event -> assertEquals("1", event.get("attempt"), "" + event));
      assertEquals(1, sink.mailsTo("slow-dot-300ms+" + i + "@gate.test").size());
    }
  }

  @Test
  void lets_no_dot_of_a_held_mail_leave_while_its_intent_cannot_be_noted() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add(
          producer.send(
              "slow-rcpt-1000ms+" + i + "@intent.test",
              "\"id\":\"intent-" + i + "\"",
              "\"on_unknown\":\"hold\""));
    }
    awaitInFlight(10);
    redis.stop();
    awaitNotEntitled();
    redis.restart();
    producer.close();
    producer = new Producer(redis);
    for (int i = 0; i < 10; i++) {
      assertEquals("sent", producer.end("intent-" + i).get("type"));
      assertEquals(1, sink.mailsTo("slow-rcpt-1000ms+" + i + "@intent.test").size());
    }
  }

  private void awaitInFlight(int mails) {
    await()
        .atMost(Producer.BOUND)
        .until(
            () ->
                producer.redis().command("XPENDING", producer.key("ready"), "postrider").toString(),
            startsWith("[" + mails + ","));
  }

  private void awaitNotEntitled() {
    long deadline = System.nanoTime() + Producer.BOUND.toNanos();
    while (worker.entitled()) {
      assertTrue(System.nanoTime() < deadline, "the lease never ends");
      Thread.onSpinWait();
    }
  }

  private static String slowMail(int number) {
    return Producer.mail(
        "slow-dot-300ms+" + number + "@gate.test", "\"id\":\"gate-" + number + "\"");
  }

  @Test
  void keeps_a_queue_with_a_broken_key_apart_and_sends_nothing_of_it() {
    try (Producer sick = new Producer(redis, "sick")) {
      sick.redis().command("DEL", sick.key("events"));
      sick.redis().command("SET", sick.key("events"), "something else");
      for (int i = 0; i < 50; i++) {
        sick.send("sick@broken.test");
      }
      for (int i = 0; i < 20; i++) {
        assertEquals("sent", producer.end(producer.send("sound@broken.test")).get("type"));
      }
      assertEquals(List.of(), sink.mailsTo("sick@broken.test"));
      sick.redis().command("DEL", sick.key("events"));
      sink.awaitTo("sick@broken.test", 50, Producer.BOUND);
      sick.awaitIdle();
    }
  }

  @Test
  void keeps_a_queue_whose_stream_is_no_stream_apart() {
    try (Producer sick = new Producer(redis, "sick")) {
      sick.awaitIdle();
      sick.redis().command("DEL", sick.key("ready"));
      sick.redis().command("SET", sick.key("ready"), "something else");
      for (int i = 0; i < 20; i++) {
        assertEquals("sent", producer.end(producer.send("sound@stream.test")).get("type"));
      }
      producer.redis().command("CLIENT", "KILL", "TYPE", "normal");
      for (int i = 0; i < 20; i++) {
        assertEquals("sent", producer.end(producer.send("sound@stream.test")).get("type"));
      }
      producer.redis().command("DEL", sick.key("ready"));
    }
    try (Producer mended = new Producer(redis, "sick")) {
      assertEquals("sent", mended.end(mended.send("mended@stream.test")).get("type"));
    }
  }

  @Test
  void tells_no_reason_for_what_was_sent() {
    assertNull(producer.end(producer.send("plain@trouble.test")).get("reason"));
  }
}
