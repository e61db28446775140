package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmtpPoolTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  @Test
  void opens_no_more_connections_than_allowed_and_serves_all() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(3)))) {
      List<Future<SendResult>> offers = offers(sender, 200, "ana@x.test");
      offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
      assertEquals(3, sink.counters().connections());
      assertEquals(200, sink.mails().size());
      assertEquals(idle(3, 3), sender.state());
    }
  }

  @Test
  void mails_do_not_mix_on_parallel_connections() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(8)))) {
      List<Future<SendResult>> offers = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String address = i % 7 == 0 ? "550-rcpt+" + i + "@x.test" : "ana+" + i + "@x.test";
        offers.add(sender.offer("To: " + address + "\r\n\r\nx\r\n", Sender.OPEN, address));
      }
      for (int i = 0; i < 500; i++) {
        assertEquals(
            i % 7 == 0 ? Refused.class : Accepted.class, Sender.join(offers.get(i)).getClass());
      }
      sink.mails()
          .forEach(
              mail ->
                  assertEquals(
                      "To: " + mail.recipients().get(0) + "\r\n\r\nx\r\n",
                      new String(mail.message())));
      sink.assertWireClean();
    }
  }

  @Test
  void more_mails_than_may_wait_go_back_at_once() {
    PoolLimits limits = TestServer.waiting(PoolLimits.of(1), 2, LONG);
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      sender.send(Accepted.class, "ana@x.test");
      Future<SendResult> slow = sender.offer("slow-dot-500ms@x.test");
      List<Future<SendResult>> waiting = offers(sender, 2, "ana@x.test");
      NotSent notSent = sender.send(NotSent.class, "one-too-many@x.test");
      assertEquals(Phase.CONNECTING, notSent.phase());
      assertTrue(notSent.cause().contains("wait"), notSent.cause());
      assertInstanceOf(Accepted.class, Sender.join(slow));
      waiting.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
    }
  }

  @Test
  void of_the_mails_that_wait_for_a_server_in_vain_one_tells_and_the_others_were_not_tried()
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Sender sender = Sender.to(Sender.server(port).withLimits(PoolLimits.of(1)))) {
      List<SendResult> results =
          offers(sender, 5, "ana@x.test").stream().map(Sender::join).toList();
      assertEquals(List.of(true, false, false, false, false), tried(results));
      assertEquals(List.of(false), tried(List.of(sender.send("in-the-pause@x.test"))));
    }
  }

  @Test
  void gives_back_so_many_of_the_waiting_mails_and_none_that_is_being_sent() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(1)))) {
      sender.send(Accepted.class, "ana@x.test");
      Future<SendResult> slow = sender.offer("slow-dot-200ms@x.test");
      List<Future<SendResult>> waiting = offers(sender, 3, "ana@x.test");
      sender.on(() -> giveBack(sender, 2));
      assertInstanceOf(Accepted.class, Sender.join(slow));
      assertInstanceOf(Accepted.class, Sender.join(waiting.get(0)));
      assertEquals(
          List.of(false, false), tried(waiting.subList(1, 3).stream().map(Sender::join).toList()));
      sender.on(() -> giveBack(sender, 1));
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  private static int giveBack(Sender sender, int mails) {
    sender.pool().giveBack(mails);
    return mails;
  }

  private static List<Boolean> tried(List<SendResult> results) {
    return results.stream().map(each -> assertInstanceOf(NotSent.class, each).tried()).toList();
  }

  @Test
  void connections_unused_for_too_long_close_with_quit() {
    PoolLimits limits = PoolLimits.of(2).withLife(SHORT, 100, LONG);
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      offers(sender, 2, "ana@x.test").forEach(Sender::join);
      Awaitility.await().atMost(Sender.BOUND).until(() -> sink.counters().open() == 0);
      Awaitility.await().atMost(Sender.BOUND).until(() -> sender.state().idle() == 0);
      sender.send(Accepted.class, "bob@x.test");
    }
  }

  @Test
  void a_connection_carries_no_more_mails_than_allowed() {
    PoolLimits limits = PoolLimits.of(1).withLife(LONG, 3, LONG);
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      for (int i = 0; i < 7; i++) {
        sender.send(Accepted.class, "ana@x.test");
      }
      assertEquals(3, sink.counters().connections());
    }
  }

  @Test
  void a_connection_gets_no_older_than_allowed() {
    PoolLimits limits = PoolLimits.of(1).withLife(LONG, 100, SHORT);
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      sender.send(Accepted.class, "slow-dot-400ms@x.test");
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(2, sink.counters().connections());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_connection_that_went_stale_costs_a_reconnect_and_no_attempt(boolean chunking) {
    SinkOptions options =
        new SinkOptions()
            .server(
                server -> {
                  server.idleMax(SHORT);
                  if (!chunking) {
                    server.without(Extension.CHUNKING);
                  }
                });
    PoolLimits limits = TestServer.checks(PoolLimits.of(1), Duration.ZERO, LONG);
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      sender.send(Accepted.class, "ana@x.test");
      Awaitility.await().atMost(Sender.BOUND).until(() -> sink.counters().open() == 0);
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(2, sink.counters().connections());
      assertEquals(2, sink.mails().size());
    }
  }

  /** No reply at all: the mail goes out on a new connection, except by BDAT at once. */
  @ParameterizedTest
  @CsvSource({
    "true,  0, drop",
    "false, 0, drop",
    "true,  0, 421",
    "false, 0, 421",
    "false, 60, drop",
    "false, 60, 421"
  })
  void a_connection_that_proves_stale_before_the_first_reply_costs_no_attempt(
      boolean chunking, int restSeconds, String end) {
    PoolLimits limits = TestServer.checks(PoolLimits.of(1), Duration.ofSeconds(restSeconds), LONG);
    try (Sink sink = stale(chunking, end);
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      sender.send(Accepted.class, "ana@x.test");
      if (chunking) {
        sender.send(Accepted.class, "eve@x.test"); // EHLO stands for its RSET
      }
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(2, sink.counters().connections());
      assertEquals(chunking ? 3 : 2, sink.mails().size());
    }
  }

  @Test
  void a_stale_connection_that_got_all_in_one_write_leaves_the_result_unknown_and_only_once() {
    PoolLimits limits = TestServer.checks(PoolLimits.of(1), LONG, LONG);
    try (Sink sink = stale(true, "drop");
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "eve@x.test"); // EHLO stands for its RSET
      sender.send(SendResult.Unknown.class, "bob@x.test");
      for (int mail = 0; mail < 4; mail++) {
        sender.send(Accepted.class, "bob@x.test");
      }
    }
  }

  private static Sink stale(boolean chunking, String end) {
    Answer answer =
        end.equals("drop") ? Answer.drop() : Answer.sayAndClose("421 4.4.2 Idle for too long");
    Extension[] missing = chunking ? new Extension[0] : new Extension[] {Extension.CHUNKING};
    return Sink.start(
        new SinkOptions().server(server -> server.without(missing)).always(Verb.RSET, answer));
  }

  @Test
  void a_server_that_comes_back_is_found_again() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    PoolLimits limits =
        TestServer.backoff(PoolLimits.of(1), Duration.ofMillis(50), Duration.ofMillis(100));
    try (Sender sender = Sender.to(Sender.server(port).withLimits(limits))) {
      sender.send(NotSent.class, "ana@x.test");
      try (Sink sink = Sink.start(new SinkOptions().server(server -> server.port(port)))) {
        Awaitility.await()
            .atMost(Sender.BOUND)
            .until(() -> sender.send("ana@x.test") instanceof Accepted);
        assertEquals(1, sink.mails().size());
      }
    }
  }

  @Test
  void a_server_that_takes_few_connections_gets_few() {
    try (Sink sink = Sink.start(new SinkOptions().server(server -> server.connectionsMax(2)));
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(10)))) {
      sender.send(Accepted.class, "ana@x.test");
      offers(sender, 50, "slow-dot-20ms@x.test")
          .forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
      assertTrue(sender.state().allowed() < 10, sender.state().toString());
      assertEquals(51, sink.mails().size());
      assertTrue(
          sink.counters().connections() < 20, "connections: " + sink.counters().connections());
    }
  }

  @Test
  void a_mail_that_waited_is_checked_again() {
    PoolLimits limits = TestServer.checks(PoolLimits.of(1), LONG, SHORT);
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits))) {
      AtomicInteger asked = new AtomicInteger();
      Future<SendResult> slow = sender.offer("slow-dot-1000ms@x.test");
      Future<SendResult> wanted = sender.offer(() -> counted(asked, true), "a@x.test");
      Future<SendResult> stale = sender.offer(() -> counted(asked, false), "b@x.test");
      Future<SendResult> broken =
          sender.offer(
              () -> {
                throw new IllegalStateException("no store");
              },
              "c@x.test");
      assertInstanceOf(Accepted.class, Sender.join(slow));
      assertInstanceOf(Accepted.class, Sender.join(wanted));
      assertEquals(
          "it is no longer wanted", assertInstanceOf(NotSent.class, Sender.join(stale)).cause());
      assertInstanceOf(NotSent.class, Sender.join(broken));
      assertEquals(2, asked.get());
      assertInstanceOf(
          Accepted.class, Sender.join(sender.offer(() -> counted(asked, false), "d@x.test")));
      assertEquals(2, asked.get());
      assertEquals(1, sink.counters().connections());
    }
  }

  @Test
  void an_answer_that_never_comes_is_waited_for_within_bounds() {
    PoolLimits limits = TestServer.checks(PoolLimits.of(1), LONG, Duration.ZERO);
    try (Sink sink = Sink.start();
        Sender sender =
            Sender.to(Sender.server(sink).withLimits(limits).withTimeouts(Timeouts.all(SHORT)))) {
      Promise<Boolean> never = Promise.promise();
      assertInstanceOf(NotSent.class, Sender.join(sender.offer(never::future, "ana@x.test")));
      assertEquals(0, sink.mails().size());
    }
  }

  @Test
  void closing_sends_quit_and_refuses_what_comes_later() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      Sender.join(sender.closePool());
      assertEquals("the pool is closed", sender.send(NotSent.class, "bob@x.test").cause());
      Awaitility.await().atMost(Sender.BOUND).until(() -> sink.counters().open() == 0);
      assertEquals(idle(0, 1), sender.state());
    }
  }

  @Test
  void closing_lets_the_mail_on_a_connection_finish_and_gives_back_those_that_wait() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      Future<SendResult> current = sender.offer("slow-dot-300ms@x.test");
      Future<SendResult> waiting = sender.offer("ana@x.test");
      Future<Void> closed = sender.closePool();
      assertInstanceOf(Accepted.class, Sender.join(current));
      assertInstanceOf(NotSent.class, Sender.join(waiting));
      Sender.join(closed);
    }
  }

  @Test
  void closing_is_bounded_even_if_the_server_is_silent() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withTimeouts(quitWithin(SHORT)))) {
      Future<SendResult> current = sender.offer("blackhole-dot@x.test");
      Awaitility.await().atMost(Sender.BOUND).until(() -> sender.state().busy() == 1);
      Sender.join(sender.closePool());
      assertInstanceOf(SendResult.Unknown.class, Sender.join(current));
    }
  }

  @Test
  void a_future_is_never_complete_when_send_returns() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(sink)) {
      Sender.join(sender.closePool());
      AtomicInteger left = new AtomicInteger(100_000);
      Promise<Void> done = Promise.promise();
      sender.on(
          () -> {
            again(sender, left, done);
            return true;
          });
      Sender.join(done.future());
      assertEquals(0, left.get());
    }
  }

  @Test
  void a_listener_that_throws_harms_no_other_mail() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(1)))) {
      Promise<SendResult> last = Promise.promise();
      sender.on(
          () -> {
            thrower(sender, "ana@x.test");
            thrower(sender, "bob@x.test");
            sender.pool().close();
            thrower(sender, "eve@x.test");
            Envelope envelope = new Envelope("", List.of("zoe@x.test"), false);
            sender
                .pool()
                .send(envelope, Buffer.buffer("x"), Sender.OPEN, Sender.VALID)
                .onComplete(last);
            return true;
          });
      assertInstanceOf(NotSent.class, Sender.join(last.future()));
      Awaitility.await().atMost(Sender.BOUND).until(() -> sender.takeErrors() == 3);
    }
  }

  private static void thrower(Sender sender, String recipient) {
    sender
        .pool()
        .send(
            new Envelope("", List.of(recipient), false),
            Buffer.buffer("x"),
            Sender.OPEN,
            Sender.VALID)
        .onSuccess(
            result -> {
              throw new IllegalStateException("a fault of the listener, for the test");
            });
  }

  private static void again(Sender sender, AtomicInteger left, Promise<Void> done) {
    if (left.get() == 0) {
      done.complete();
    } else {
      sender
          .pool()
          .send(
              new Envelope("", List.of("ana@x.test"), false),
              Buffer.buffer(),
              Sender.OPEN,
              Sender.VALID)
          .onSuccess(
              result -> {
                left.decrementAndGet();
                again(sender, left, done);
              });
    }
  }

  private static Timeouts quitWithin(Duration time) {
    Timeouts timeouts = Timeouts.rfc5321();
    return new Timeouts(
        timeouts.connect(),
        timeouts.greeting(),
        timeouts.hello(),
        timeouts.auth(),
        timeouts.envelope(),
        timeouts.data(),
        timeouts.block(),
        timeouts.dot(),
        time);
  }

  private static Future<Boolean> counted(AtomicInteger asked, boolean answer) {
    asked.incrementAndGet();
    return Future.succeededFuture(answer);
  }

  private static List<Future<SendResult>> offers(Sender sender, int count, String recipient) {
    return IntStream.range(0, count).mapToObj(i -> sender.offer(recipient)).toList();
  }

  private static PoolState idle(int connections, int configured) {
    return new PoolState(connections, 0, 0, 0, configured, configured, Optional.empty(), List.of());
  }
}
