package dev.postrider.worker;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.support.proxy.Cut;
import dev.postrider.support.proxy.Direction;
import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
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
@TestProfile(FastWorkerProfile.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisErrorTest {

  @Inject Worker worker;
  @Inject RouteHealths routeHealths;

  private RedisProcess redis;
  private Sink sink;
  private FaultProxy proxy;
  private ExtraRoutes extraRoutes;
  private TestProducer testProducer;

  @BeforeEach
  void open() {
    testProducer = new TestProducer(redis);
    proxy.heal();
  }

  @AfterEach
  void close() {
    testProducer.close();
    sink.assertWireClean();
  }

  @Test
  void waits_out_a_server_that_is_away_without_using_up_attempts() {
    proxy.shut();
    String id = testProducer.send("away@trouble.test", "\"route\":\"far\"");
    Map<String, String> deferred = testProducer.await(id, "deferred");
    assertEquals("connection", deferred.get("reason"));
    assertEquals("1", deferred.get("attempt"), "no attempt was used up");
    assertEquals("far", deferred.get("route"));
    assertTrue(deferred.containsKey("detail"));
    awaitProbes("far", 3);
    assertEquals(1, testProducer.events(id).size(), "told once, not once per try");
    proxy.open();
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("1", sent.get("attempt"));
    assertEquals(1, extraRoutes.far().mailsTo("away@trouble.test").size());
  }

  @Test
  void keeps_mail_of_a_route_that_refuses_our_password() {
    String id = testProducer.send("locked@trouble.test", "\"route\":\"locked\"");
    Map<String, String> deferred = testProducer.await(id, "deferred");
    assertEquals("1", deferred.get("attempt"));
    assertFalse(deferred.toString().contains("acme.test"), "the server's address is masked");
    assertEquals("route-down", deferred.get("reason"));
    assertEquals("535", deferred.get("code"));
    awaitProbes("locked", 3);
    assertEquals(1, testProducer.events(id).size(), "told once, not once per try");
    testProducer.redis().command("HINCRBY", "mail:guards", "mail/" + id, 1);
    assertEquals("cancelled", testProducer.end(id).get("reason"));
  }

  private void awaitProbes(String route, int more) {
    long before = routeHealths.of(route).status().probes();
    await()
        .atMost(TestProducer.BOUND)
        .until(() -> routeHealths.of(route).status().probes() >= before + more);
  }

  @Test
  void refuses_a_route_that_is_not_configured() {
    String id = testProducer.send("nowhere@trouble.test", "\"route\":\"nowhere\"");
    Map<String, String> dead = testProducer.end(id);
    assertEquals("invalid", dead.get("reason"));
    assertEquals("/route", dead.get("pointer"));
  }

  @Test
  void sends_again_if_the_connection_was_cut_before_the_end_left() {
    proxy.cutOnce(Cut.before(Direction.UP, "It works."));
    String id = testProducer.send("cut@trouble.test", "\"route\":\"far\"");
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals(1, extraRoutes.far().mailsTo("cut@trouble.test").size());
  }

  @Test
  void ends_a_mail_whose_content_makes_the_server_hang_up_each_time() {
    String id = testProducer.send("drop-in-data@trouble.test");
    Map<String, String> dead = testProducer.end(id);
    assertEquals("exhausted", dead.get("reason"));
    assertEquals("4", dead.get("attempt"));
  }

  @Test
  void ends_a_mail_that_is_answered_421_to_its_final_dot_each_time() {
    Map<String, String> dead = testProducer.end(testProducer.send("421-dot@trouble.test"));
    assertEquals("exhausted", dead.get("reason"));
  }

  @Test
  void goes_on_with_a_new_group_when_redis_has_forgotten_everything() {
    testProducer.end(testProducer.send("before@flush.test"));
    testProducer.redis().command("FLUSHALL");
    String id = testProducer.send("after@flush.test");
    assertEquals("sent", testProducer.end(id).get("type"));
  }

  @Test
  void goes_on_when_redis_forgot_everything_and_all_connections_too() {
    testProducer.end(testProducer.send("before@client-kill.test"));
    testProducer
        .redis()
        .pipeline(List.of(List.of("FLUSHALL"), List.of("CLIENT", "KILL", "TYPE", "normal")));
    String id = testProducer.send("after@client-kill.test");
    assertEquals("sent", testProducer.end(id).get("type"));
  }

  @Test
  void settles_what_ends_after_redis_forgot_it() {
    String id = testProducer.send("slow-dot-400ms@forgotten.test");
    sink.awaitTo("slow-dot-400ms@forgotten.test", 1, TestProducer.BOUND);
    testProducer.redis().command("FLUSHALL");
    for (int i = 0; i < 40; i++) {
      testProducer.end(testProducer.send("next-" + i + "@forgotten.test"));
    }
    assertFalse(id.isEmpty());
  }

  @Test
  void loses_no_mail_and_doubles_none_when_redis_is_killed_while_mail_flows() {
    Set<String> wanted = new HashSet<>();
    List<String> mails = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      wanted.add("r" + i + "@killed.test");
      mails.add(TestProducer.mail("r" + i + "@killed.test"));
    }
    testProducer.addAll(mails);
    sink.awaitTo("r100@killed.test", 1, TestProducer.BOUND);
    redis.kill9();
    redis.restart();
    testProducer.close();
    testProducer = new TestProducer(redis);
    for (String to : wanted) {
      sink.awaitTo(to, 1, TestProducer.BOUND);
    }
    testProducer.awaitIdle();
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
    List<String> mails = IntStream.range(0, 100).mapToObj(RedisErrorTest::slowMail).toList();
    testProducer.addAll(mails);
    sink.awaitTo("slow-dot-300ms+3@gate.test", 1, TestProducer.BOUND);
    redis.stop();
    awaitNotEntitled();
    redis.restart();
    testProducer.close();
    testProducer = new TestProducer(redis);
    for (int i = 0; i < 100; i++) {
      String id = "gate-" + i;
      assertEquals("sent", testProducer.end(id).get("type"));
      testProducer.events(id).forEach(event -> assertEquals("1", event.get("attempt"), "" + event));
      assertEquals(1, sink.mailsTo("slow-dot-300ms+" + i + "@gate.test").size());
    }
  }

  @Test
  void lets_no_dot_of_a_held_mail_leave_while_its_intent_cannot_be_noted() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add(
          testProducer.send(
              "slow-rcpt-1000ms+" + i + "@intent.test",
              "\"id\":\"intent-" + i + "\"",
              "\"on_unknown\":\"hold\""));
    }
    awaitInFlight(10);
    redis.stop();
    awaitNotEntitled();
    redis.restart();
    testProducer.close();
    testProducer = new TestProducer(redis);
    for (int i = 0; i < 10; i++) {
      assertEquals("sent", testProducer.end("intent-" + i).get("type"));
      assertEquals(1, sink.mailsTo("slow-rcpt-1000ms+" + i + "@intent.test").size());
    }
  }

  private void awaitInFlight(int mails) {
    await()
        .atMost(TestProducer.BOUND)
        .until(
            () ->
                testProducer
                    .redis()
                    .command("XPENDING", testProducer.key("ready"), "postrider")
                    .toString(),
            startsWith("[" + mails + ","));
  }

  private void awaitNotEntitled() {
    long deadline = System.nanoTime() + TestProducer.BOUND.toNanos();
    while (worker.entitled()) {
      assertTrue(System.nanoTime() < deadline, "the lease never ends");
      Thread.onSpinWait();
    }
  }

  private static String slowMail(int number) {
    return TestProducer.mail(
        "slow-dot-300ms+" + number + "@gate.test", "\"id\":\"gate-" + number + "\"");
  }

  @Test
  void keeps_a_queue_with_a_broken_key_apart_and_sends_nothing_of_it() {
    try (TestProducer faulty = new TestProducer(redis, "faulty")) {
      faulty.redis().command("DEL", faulty.key("events"));
      faulty.redis().command("SET", faulty.key("events"), "something else");
      for (int i = 0; i < 50; i++) {
        faulty.send("faulty@broken.test");
      }
      for (int i = 0; i < 20; i++) {
        assertEquals("sent", testProducer.end(testProducer.send("sound@broken.test")).get("type"));
      }
      assertEquals(List.of(), sink.mailsTo("faulty@broken.test"));
      faulty.redis().command("DEL", faulty.key("events"));
      sink.awaitTo("faulty@broken.test", 50, TestProducer.BOUND);
      faulty.awaitIdle();
    }
  }

  @Test
  void keeps_a_queue_whose_stream_is_no_stream_apart() {
    try (TestProducer faulty = new TestProducer(redis, "faulty")) {
      faulty.awaitIdle();
      faulty.redis().command("DEL", faulty.key("ready"));
      faulty.redis().command("SET", faulty.key("ready"), "something else");
      for (int i = 0; i < 20; i++) {
        assertEquals("sent", testProducer.end(testProducer.send("sound@stream.test")).get("type"));
      }
      testProducer.redis().command("CLIENT", "KILL", "TYPE", "normal");
      for (int i = 0; i < 20; i++) {
        assertEquals("sent", testProducer.end(testProducer.send("sound@stream.test")).get("type"));
      }
      testProducer.redis().command("DEL", faulty.key("ready"));
    }
    try (TestProducer repaired = new TestProducer(redis, "faulty")) {
      assertEquals("sent", repaired.end(repaired.send("repaired@stream.test")).get("type"));
    }
  }

  @Test
  void tells_no_reason_for_what_was_sent() {
    assertNull(testProducer.end(testProducer.send("plain@trouble.test")).get("reason"));
  }
}
