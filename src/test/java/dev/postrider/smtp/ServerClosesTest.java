package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.PoolState.Adaptation;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that closes with 421, or wants fewer connections: what this costs, and who is told. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerClosesTest {

  private static final String TOO_MANY_ERRORS = "421 4.7.0 mail.test Error: too many errors";

  private final AtomicLong clock = new AtomicLong();

  /** How the server can be talked to. */
  enum Way {
    BDAT,
    DATA(Extension.CHUNKING),
    STEPS(Extension.CHUNKING, Extension.PIPELINING);

    private final Extension[] missing;

    Way(Extension... missing) {
      this.missing = missing;
    }
  }

  /** As a server does that counts 20 errors, wherever in a mail the last one falls. */
  @ParameterizedTest
  @EnumSource
  void many_refused_recipients_cost_reconnects_and_defer_no_other_mail(Way way) {
    SinkOptions options =
        new SinkOptions().server(server -> server.without(way.missing)).script(closingAfter(20));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(4)))) {
      List<Future<SendResult>> offers = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        offers.add(sender.offer((i % 4 == 0 ? "550-rcpt+" : "ana") + i + "@x.test"));
      }
      for (int i = 0; i < 400; i++) {
        SendResult result = Sender.join(offers.get(i));
        if (i % 4 == 0) {
          assertEquals(550, assertInstanceOf(Refused.class, result).reply().code());
        } else {
          assertInstanceOf(Accepted.class, result);
        }
      }
      assertEquals(300, sink.mails().size());
      assertEquals(Optional.empty(), sender.state().shrunk());
      assertEquals(4, sender.state().allowed());
    }
  }

  /** 421 in place of the reply to one command, on connections that have served mail. */
  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"RSET", "MAIL", "RCPT", "DATA"})
  void a_421_within_an_envelope_moves_the_mail_to_another_connection(Verb verb) {
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.without(Extension.CHUNKING))
            .script(
                (command, dialogue, usual) ->
                    command.verb() == verb && dialogue.mails() == 1
                        ? Answer.sayAndClose(TOO_MANY_ERRORS)
                        : usual);
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink), clock::get)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(2, sink.counters().connections());
      assertEquals(2, sink.mails().size());
    }
  }

  @Test
  void a_421_in_one_write_with_the_content_moves_the_mail_as_well() {
    SinkOptions options =
        new SinkOptions()
            .script(
                (command, dialogue, usual) ->
                    command.verb() == Verb.RCPT && dialogue.mails() == 1
                        ? Answer.sayAndClose(TOO_MANY_ERRORS)
                        : usual);
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(
          List.of(1, 1), List.of(sink.mailsTo("ana@x.test").size(), sink.mails().size() - 1));
    }
  }

  /** A limit of one mail for each connection, of which the server says nothing beforehand. */
  @ParameterizedTest
  @EnumSource
  void every_connection_may_end_at_its_second_mail(Way way) {
    List<Answer> ends = new ArrayList<>(List.of(Answer.sayAndClose("421 4.7.0 too many messages")));
    if (way != Way.BDAT) { // its content has left: without a reply its fate is unknown
      ends.add(Answer.drop());
    }
    for (Answer end : ends) {
      SinkOptions options =
          new SinkOptions()
              .server(server -> server.without(way.missing))
              .script(
                  (command, dialogue, usual) ->
                      command.verb() == Verb.MAIL && dialogue.mails() == 1 ? end : usual);
      try (Sink sink = Sink.start(options);
          Sender sender = Sender.to(Sender.server(sink).withLimits(PoolLimits.of(3)))) {
        List<Future<SendResult>> offers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          offers.add(sender.offer("ana" + i + "@x.test"));
        }
        offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
        assertEquals(40, sink.mails().size());
        assertEquals(Optional.empty(), sender.state().shrunk());
      }
    }
  }

  /** It may be this mail that the server closes on: it moves once. */
  @Test
  void a_mail_that_is_always_answered_421_is_refused_and_harms_no_other() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(421, sender.send(Refused.class, "421-rcpt@x.test").reply().code());
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(Optional.empty(), sender.state().shrunk());
    }
  }

  @Test
  void a_421_to_the_first_mail_of_connections_in_a_row_shrinks_and_pauses() {
    PoolLimits limits =
        TestServer.backoff(PoolLimits.of(4), Duration.ofMinutes(1), Duration.ofMinutes(1));
    SinkOptions options =
        new SinkOptions().always(Verb.MAIL, Answer.sayAndClose("421 4.7.28 Slow down"));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits), clock::get)) {
      sender.send(Refused.class, "ana@x.test");
      assertEquals(Optional.empty(), sender.state().shrunk());
      sender.send(Refused.class, "ana@x.test");
      assertEquals(1, sender.state().allowed());
      assertTrue(sender.state().shrunk().get().cause().contains("421 4.7.28 Slow down"));
      assertTrue(sender.send(NotSent.class, "ana@x.test").cause().contains("421 4.7.28"));
      assertEquals(2, sink.counters().connections());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "421 4.7.0 Too many connections from you",
        "450 4.7.1 Later",
        "554 5.3.2 No service here"
      })
  void a_refusal_of_a_connection_shrinks_the_pool_and_says_why_until_it_has_grown_back(
      String refusal) {
    AtomicInteger taken = new AtomicInteger(1);
    PoolLimits limits =
        TestServer.backoff(PoolLimits.of(3), Duration.ofMillis(100), Duration.ofMillis(100));
    SinkOptions options =
        new SinkOptions()
            .script(
                (command, dialogue, usual) ->
                    command.verb() == Verb.CONNECT && dialogue.connection() > taken.get()
                        ? Answer.sayAndClose(refusal)
                        : usual);
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits), clock::get)) {
      sender.send(Accepted.class, "ana@x.test");
      List<Future<SendResult>> offers =
          List.of(sender.offer("slow-dot-300ms@x.test"), sender.offer("ana@x.test"));
      Awaitility.await().atMost(Sender.BOUND).until(() -> sender.state().shrunk().isPresent());
      PoolState state = sender.state();
      assertEquals(List.of(1, 3), List.of(state.allowed(), state.configured()));
      clock.set(2_000);
      Adaptation shrunk = sender.state().shrunk().orElseThrow();
      assertEquals("connections", shrunk.what());
      assertEquals(Duration.ofSeconds(2), shrunk.age());
      assertTrue(shrunk.cause().contains(refusal), shrunk.cause());
      offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
      taken.set(1_000);
      for (int i = 0; i < 10; i++) {
        sender.send(Accepted.class, "ana@x.test");
      }
      assertEquals(3, sender.state().allowed());
      assertEquals(Optional.empty(), sender.state().shrunk());
    }
  }

  @Test
  void a_432_asks_for_fewer_connections() {
    PoolLimits limits =
        TestServer.backoff(PoolLimits.of(2), Duration.ofMinutes(1), Duration.ofMinutes(1));
    SinkOptions options =
        new SinkOptions()
            .always(Verb.MAIL, Answer.say("432 4.3.2 Concurrent connections limit exceeded"));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withLimits(limits), clock::get)) {
      sender.send(Refused.class, "ana@x.test");
      assertEquals(1, sender.state().allowed());
      assertTrue(sender.state().shrunk().get().cause().contains("432 4.3.2"));
    }
  }

  private static AnswerScript closingAfter(int errors) {
    Map<Long, Integer> seen = new ConcurrentHashMap<>();
    return (command, dialogue, usual) -> {
      boolean last =
          usual.code() >= 500 && seen.merge(dialogue.connection(), 1, Integer::sum) > errors;
      return last ? Answer.sayAndClose(((Answer.Say) usual).text() + TOO_MANY_ERRORS) : usual;
    };
  }
}
