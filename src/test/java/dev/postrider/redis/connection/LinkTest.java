package dev.postrider.redis.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.redis.Script;
import dev.postrider.support.Loop;
import dev.postrider.support.proxy.Direction;
import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.proxy.Flow;
import dev.postrider.support.redis.RedisFixture;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A link and its scripts, on a real Redis behind a proxy that misbehaves. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LinkTest {

  private static final Duration COMMAND = Duration.ofSeconds(1);
  private static final LinkSettings SETTINGS =
      new LinkSettings(COMMAND, Duration.ofSeconds(10), Duration.ofMillis(300));

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private FaultProxy proxy;
  private Loop loop;

  @BeforeEach
  void start() {
    proxy = FaultProxy.before(redis.port());
    loop = Loop.at(proxy.port(), SETTINGS);
  }

  @AfterEach
  void stop() {
    loop.close();
    proxy.close();
  }

  @Test
  void connects_at_the_first_command_and_only_once() {
    assertFalse(loop.link().isConnected());
    assertEquals(0, loop.link().generation());
    assertEquals("PONG", ping());
    assertEquals("PONG", ping());
    assertTrue(loop.link().isConnected());
    assertEquals(1, loop.link().generation());
  }

  @Test
  void fails_at_once_when_the_settings_allow_no_client() {
    RedisServers impossible =
        new RedisServers(
            loop.context().owner(),
            new HandlerErrors(),
            owner -> {
              throw new IllegalStateException("two hosts, no cluster");
            },
            "nowhere");
    Link link = loop.call(() -> impossible.link(SETTINGS));
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () -> loop.await(() -> link.send(Request.cmd(Command.PING))));
    assertEquals("two hosts, no cluster", failure.getMessage());
  }

  @Test
  void passes_an_error_of_redis_on_as_it_is_and_stays_open() {
    redis.command("SET", "word", "no number");
    Request wrong = Request.cmd(Command.INCR).arg("word");
    assertThrows(ErrorType.class, () -> loop.await(() -> loop.link().send(wrong)));
    assertEquals("PONG", ping());
    assertEquals(1, loop.link().generation());
  }

  @Test
  void closes_when_a_reply_does_not_come_in_time_and_connects_again() {
    ping();
    proxy.flow(Direction.DOWN, Flow.hold());
    RedisUnavailable down = assertThrows(RedisUnavailable.class, this::ping);
    assertEquals("no reply within 1000 ms", down.getMessage());
    awaitDown();
    proxy.heal();
    assertEquals("PONG", ping());
    assertEquals(2, loop.link().generation());
  }

  @Test
  void waits_longer_for_a_command_that_blocks() {
    Request blocking =
        Request.cmd(Command.XREAD).arg("BLOCK").arg(1200).arg("STREAMS").arg("nothing").arg("$");
    assertEquals(null, loop.await(() -> loop.link().send(blocking, Duration.ofMillis(1200))));
  }

  @Test
  void fails_whatever_is_under_way_when_the_connection_is_lost() {
    ping();
    proxy.flow(Direction.DOWN, Flow.hold());
    List<CompletableFuture<Response>> pending = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pending.add(loop.subscribe(() -> loop.link().send(Request.cmd(Command.PING))));
    }
    loop.call(() -> "all of them have left");
    proxy.closeAll();
    for (CompletableFuture<Response> reply : pending) {
      assertThrows(RedisUnavailable.class, () -> Loop.join(reply));
    }
    proxy.heal();
    assertEquals("PONG", ping());
  }

  @Test
  void restores_a_lost_connection_at_the_next_command() {
    ping();
    proxy.closeAll();
    awaitDown();
    assertEquals("PONG", ping());
    assertEquals(2, loop.link().generation());
  }

  @Test
  void fails_at_once_for_a_moment_after_a_failed_connection_attempt() {
    proxy.shut();
    assertThrows(RedisUnavailable.class, this::ping);
    long start = System.nanoTime();
    proxy.open();
    assertThrows(RedisUnavailable.class, this::ping);
    assertTrue(
        System.nanoTime() - start < SETTINGS.retryDelay().toNanos(),
        "no connection attempt in between");
    awaitUp();
    assertEquals(1, loop.link().generation());
  }

  @Test
  void closes_no_new_connection_for_a_reply_that_an_old_one_missed() {
    ping();
    for (int round = 2; round < 8; round++) {
      proxy.flow(Direction.DOWN, Flow.hold());
      CompletableFuture<Response> lost =
          loop.subscribe(() -> loop.link().send(Request.cmd(Command.PING)));
      loop.call(() -> "it has left");
      proxy.closeAll();
      assertThrows(RedisUnavailable.class, () -> Loop.join(lost));
      proxy.heal();
      assertEquals("PONG", ping());
      assertEquals(round, loop.link().generation());
    }
    Request sleep =
        Request.cmd(Command.XREAD).arg("BLOCK").arg(1100).arg("STREAMS").arg("nothing").arg("$");
    loop.await(() -> loop.link().send(sleep, Duration.ofMillis(1100)));
    assertEquals(7, loop.link().generation(), "still the same connection");
  }

  @Test
  void closes_and_opens_again_when_asked() {
    ping();
    loop.link().close();
    awaitDown();
    assertEquals("PONG", ping());
  }

  @Test
  void may_be_called_from_any_thread() throws InterruptedException {
    List<CompletableFuture<Response>> replies = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    redis.command("DEL", "counter");
    loop.close();
    loop = Loop.at(redis.port());
    for (int t = 0; t < 8; t++) {
      Thread thread = new Thread(() -> count(replies));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    replies.forEach(Loop::join);
    assertEquals(4_000, redis.number("INCRBY", "counter", 0));
    assertEquals(1, loop.link().generation());
  }

  private void count(List<CompletableFuture<Response>> replies) {
    for (int i = 0; i < 500; i++) {
      CompletableFuture<Response> reply =
          loop.link().send(Request.cmd(Command.INCR).arg("counter")).subscribeAsCompletionStage();
      synchronized (replies) {
        replies.add(reply);
      }
    }
  }

  @Test
  void sends_a_script_whole_where_redis_has_forgotten_it() {
    Script promote = Script.named("promote");
    Script.Call call =
        promote.on("mail:{s}:schedule", "mail:{s}:parked", "mail:{s}:ready").arg(1).arg(1);
    for (int i = 0; i < 3; i++) {
      redis.command("SCRIPT", "FLUSH");
      assertEquals(0, loop.await(() -> call.run(loop.link())).get(0).toInteger());
      assertEquals(0, loop.await(() -> call.run(loop.link())).get(0).toInteger());
    }
  }

  @Test
  void knows_every_script_by_name() {
    assertEquals("renew", Script.named("renew").toString());
    assertThrows(IllegalStateException.class, () -> Script.named("no-such-script"));
  }

  private String ping() {
    return loop.await(() -> loop.link().send(Request.cmd(Command.PING))).toString();
  }

  private void awaitDown() {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (loop.link().isConnected()) {
      assertTrue(System.nanoTime() < deadline, "the link never noticed");
      Thread.onSpinWait();
    }
  }

  private void awaitUp() {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!loop.link().isConnected()) {
      assertTrue(System.nanoTime() < deadline, "the link never came up");
      try {
        ping();
      } catch (RedisUnavailable stillDown) {
        Thread.onSpinWait();
      }
    }
  }
}
