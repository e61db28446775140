package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Extension;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The next envelope in the write that ends a content, and what becomes of it in every case. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LookaheadTest {

  @Test
  void the_next_envelope_is_there_before_the_content_is_answered() throws Exception {
    try (RawServer server = RawServer.waitingBehind(2, 3);
        Sender sender = Sender.to(Sender.server(server.port()))) {
      offers(sender, "a@x.test", "b@x.test", "c@x.test", "d@x.test").forEach(this::accepted);
      assertEquals(List.of("a@x.test", "b@x.test", "c@x.test", "d@x.test"), server.recipients());
    }
  }

  @Test
  void nothing_leaves_early_where_it_is_switched_off() throws Exception {
    try (RawServer server = RawServer.waitingBehind(0, 0);
        Sender sender =
            Sender.to(
                Sender.server(server.port()).withExtensions(TestServer.without("lookahead")))) {
      offers(sender, "a@x.test", "b@x.test", "c@x.test").forEach(this::accepted);
      assertEquals(0, server.early());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "552-dot, Refused, true, 1",
    "552-dot, Refused, false, 2",
    "421-dot, Refused, true, 2",
    "drop-dot, Unknown, true, 2",
    "rst-after-dot, Unknown, true, 2",
    "garbage-dot, Unknown, true, 2",
    "550-rcpt, Refused, true, 1",
    "554-data, Refused, true, 1",
    "drop-data, NotSent, true, 2"
  })
  void the_mail_behind_is_sent_once_whatever_becomes_of_the_mail_before(
      String event, String result, boolean reset, int connections) {
    try (Sink sink = sink();
        Sender sender =
            Sender.to(
                Sender.server(sink)
                    .withExtensions(reset ? TestServer.ALL : TestServer.without("reset")))) {
      List<Future<SendResult>> offers =
          offers(sender, "first@x.test", "second@x.test", event + "@x.test", "behind@x.test");
      assertEquals(result, Sender.join(offers.get(2)).getClass().getSimpleName());
      untilAccepted(sender, offers.get(3), "behind@x.test");
      assertEquals(1, sink.mailsTo("behind@x.test").size());
      assertTrue(sink.counters().connections() >= connections);
      sink.assertWireClean();
    }
  }

  @Test
  void a_server_that_still_holds_the_refused_mail_costs_the_next_one_a_connection_only()
      throws Exception {
    try (RawServer server = RawServer.holding("b@x.test");
        Sender sender =
            Sender.to(Sender.server(server.port()).withExtensions(TestServer.without("reset")))) {
      List<Future<SendResult>> offers = offers(sender, "a@x.test", "b@x.test", "c@x.test");
      accepted(offers.get(0));
      assertInstanceOf(Refused.class, Sender.join(offers.get(1)));
      accepted(offers.get(2));
      assertEquals(2, server.connections());
    }
  }

  @Test
  void a_closed_gate_stops_the_mail_whose_envelope_has_left() {
    try (Sink sink = sink();
        Sender sender = Sender.to(sink)) {
      List<Future<SendResult>> before = offers(sender, "first@x.test", "second@x.test");
      Future<SendResult> shut = sender.offer(Sender.MESSAGE, () -> false, "shut@x.test");
      Future<SendResult> after = sender.offer("after@x.test");
      before.forEach(this::accepted);
      assertEquals(Phase.DATA, assertInstanceOf(NotSent.class, Sender.join(shut)).phase());
      accepted(after);
      assertEquals(0, sink.mailsTo("shut@x.test").size());
    }
  }

  @Test
  void a_mail_behind_a_slow_answer_is_taken_back_and_sent_once() {
    try (Sink sink = sink();
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(1)))) {
      accepted(sender.offer("first@x.test"));
      List<Future<SendResult>> offers = offers(sender, "slow-dot-2500ms@x.test", "behind@x.test");
      offers.forEach(this::accepted);
      assertEquals(1, sink.mailsTo("behind@x.test").size());
      assertEquals(2, sink.counters().connections());
    }
  }

  @Test
  void no_mail_waits_behind_the_content_of_a_server_that_is_always_slow() {
    try (Sink sink = sink();
        Sender sender = Sender.to(sink)) {
      Stream.of("slow-dot-400ms+1", "slow-dot-400ms+2", "slow-dot-1200ms+3", "last")
          .map(name -> sender.offer(name + "@x.test"))
          .toList()
          .forEach(this::accepted);
      assertEquals(1, sink.counters().connections());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_connection_carries_no_more_mails_than_allowed(int mails) {
    PoolLimits limits = PoolLimits.of(1);
    try (Sink sink = sink();
        Sender sender =
            Sender.to(
                Sender.server(sink)
                    .withLimits(limits.withLife(limits.idle(), mails, limits.age())))) {
      offers(sender, "a@x.test", "b@x.test", "c@x.test", "d@x.test", "e@x.test", "f@x.test")
          .forEach(this::accepted);
      assertEquals(6 / mails, sink.counters().connections());
    }
  }

  @Test
  void a_closing_pool_leaves_no_mail_without_a_result() {
    try (Sink sink = sink();
        Sender sender = Sender.to(sink)) {
      accepted(sender.offer("first@x.test"));
      List<Future<SendResult>> offers =
          offers(sender, "slow-dot-500ms@x.test", "behind@x.test", "waiting@x.test");
      Future<Void> closed = sender.closePool();
      accepted(offers.get(0));
      List<SendResult> others = offers.subList(1, 3).stream().map(Sender::join).toList();
      Sender.join(closed);
      others.stream()
          .filter(result -> !(result instanceof Accepted))
          .forEach(result -> assertInstanceOf(NotSent.class, result));
      assertEquals(
          others.stream().filter(Accepted.class::isInstance).count() + 2, sink.mails().size());
    }
  }

  private static List<Future<SendResult>> offers(Sender sender, String... recipients) {
    return sender.on(
        () ->
            Stream.of(recipients)
                .map(
                    to ->
                        sender
                            .pool()
                            .send(
                                envelope(to),
                                Buffer.buffer(Sender.MESSAGE),
                                Sender.OPEN,
                                Sender.VALID))
                .toList());
  }

  private static Envelope envelope(String recipient) {
    return new Envelope("sender@client.test", List.of(recipient), false);
  }

  private void accepted(Future<SendResult> offer) {
    assertInstanceOf(Accepted.class, Sender.join(offer));
  }

  /** After a 421 or a loss the pool pauses, and mails without any connection go back unsent. */
  private static void untilAccepted(Sender sender, Future<SendResult> offer, String recipient) {
    SendResult result = Sender.join(offer);
    while (result instanceof NotSent && result.phase() == Phase.CONNECTING) {
      result = sender.send(recipient);
    }
    assertInstanceOf(Accepted.class, result);
  }

  private static Sink sink() {
    return Sink.start(new SinkOptions().server(server -> server.without(Extension.CHUNKING)));
  }
}
