package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Unknown;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Extension;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a pool does at a chosen time; nothing here waits for a clock. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PoolClockTest {

  private static final Duration DOT_TIMEOUT = Timeouts.rfc5321().dot();

  private final AtomicLong clock = new AtomicLong();

  @Test
  void a_missing_reply_to_the_content_is_unknown_at_its_deadline_and_not_before() {
    try (Sink sink = sink();
        Sender sender = sender(sink, PoolLimits.of(1))) {
      Future<SendResult> offer = offerUntilDot(sender);
      at(sender, DOT_TIMEOUT.minusMillis(1));
      assertFalse(offer.isComplete());
      at(sender, DOT_TIMEOUT);
      assertInstanceOf(Unknown.class, Sender.join(offer));
    }
  }

  @Test
  void a_mail_waits_for_a_connection_until_its_timeout_and_no_longer() {
    PoolLimits limits = TestServer.waiting(PoolLimits.of(1), 10, Duration.ofSeconds(30));
    try (Sink sink = sink();
        Sender sender = sender(sink, limits)) {
      Future<SendResult> first = offerUntilDot(sender);
      Future<SendResult> waiting = sender.offer("ana@x.test");
      assertEquals(1, sender.state().waiting());
      at(sender, Duration.ofSeconds(30).minusMillis(1));
      assertFalse(waiting.isComplete());
      at(sender, Duration.ofSeconds(30));
      assertEquals(
          "no connection came free in time",
          assertInstanceOf(NotSent.class, Sender.join(waiting)).cause());
      assertFalse(first.isComplete());
      at(sender, DOT_TIMEOUT);
      assertInstanceOf(Unknown.class, Sender.join(first));
    }
  }

  @Test
  void an_idle_connection_is_closed_at_its_limit_and_not_before() {
    Duration idle = Duration.ofSeconds(30);
    try (Sink sink = sink();
        Sender sender =
            sender(sink, PoolLimits.of(1).withLife(idle, 100, Duration.ofMinutes(10)))) {
      sender.send(Accepted.class, "ana@x.test");
      at(sender, idle.minusMillis(1));
      assertEquals(1, sender.state().idle());
      at(sender, idle);
      assertEquals(0, sender.state().idle());
      Awaitility.await().atMost(Sender.BOUND).until(() -> sink.counters().open() == 0);
    }
  }

  @Test
  void no_connection_is_tried_in_the_pause_after_a_failure() {
    Duration pause = Duration.ofMinutes(1);
    PoolLimits limits = TestServer.backoff(PoolLimits.of(1), pause, pause);
    try (Sink sink = Sink.start(new SinkOptions().dropsBeforeGreeting());
        Sender sender = sender(sink, limits)) {
      sender.send(NotSent.class, "ana@x.test");
      at(sender, Duration.ofSeconds(47)); // the shortest pause is 48 s
      String cause = sender.send(NotSent.class, "ana@x.test").cause();
      assertTrue(cause.startsWith("no connection is tried"), cause);
      assertEquals(1, sink.counters().connections());
      at(sender, Duration.ofSeconds(72)); // the longest
      sender.send(NotSent.class, "ana@x.test");
      assertEquals(2, sink.counters().connections());
    }
  }

  /** A mail whose end has left and that is never answered. */
  private static Future<SendResult> offerUntilDot(Sender sender) {
    Promise<Void> asked = Promise.promise();
    Future<SendResult> offer =
        sender.offer(Sender.MESSAGE, () -> asked.tryComplete(), "blackhole-dot@x.test");
    Sender.join(asked.future());
    assertEquals(1, sender.state().busy()); // the turn that asked the gate has ended
    return offer;
  }

  /** By DATA, where nothing but the reply to the content is missing once the gate was asked. */
  private static Sink sink() {
    return Sink.start(new SinkOptions().server(server -> server.without(Extension.CHUNKING)));
  }

  private Sender sender(Sink sink, PoolLimits limits) {
    return Sender.to(
        Sender.server(sink).withTimeouts(Timeouts.rfc5321()).withLimits(limits), clock::get);
  }

  private void at(Sender sender, Duration time) {
    clock.set(time.toMillis());
    sender.on(
        () -> {
          sender.pool().checkDeadlines();
          return true;
        });
  }
}
