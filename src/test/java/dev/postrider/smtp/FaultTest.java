package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.SendResult.Unknown;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event of a dialogue and its one result; after each the pool goes on. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultTest {

  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Sink DATA = sink(Extension.CHUNKING);
  private static final Sink BDAT = sink();
  private static final Sink STEPS = sink(Extension.CHUNKING, Extension.PIPELINING);

  @AfterAll
  static void stop() {
    List.of(DATA, BDAT, STEPS).forEach(Sink::close);
  }

  @ParameterizedTest
  @CsvSource({
    "drop-rcpt,         NotSent, ENVELOPE",
    "rst-rcpt,          NotSent, ENVELOPE",
    "blackhole-rcpt,    NotSent, ENVELOPE",
    "unterminated-rcpt, NotSent, ENVELOPE",
    "many-lines-rcpt,   NotSent, ENVELOPE",
    "garbage-rcpt,      NotSent, ENVELOPE",
    "wrong-code-rcpt,   NotSent, ENVELOPE",
    "421-rcpt,          Refused, ENVELOPE",
    "450-rcpt,          Refused, ENVELOPE",
    "drop-data,         NotSent, DATA",
    "blackhole-data,    NotSent, DATA",
    "garbage-data,      NotSent, DATA",
    "wrong-code-data,   NotSent, DATA",
    "421-data,          Refused, ENVELOPE",
    "451-data,          Refused, DATA",
    "drop-dot,          Unknown, DOT",
    "rst-dot,           Unknown, DOT",
    "blackhole-dot,     Unknown, DOT",
    "unterminated-dot,  Unknown, DOT",
    "many-lines-dot,    Unknown, DOT",
    "garbage-dot,       Unknown, DOT",
    "wrong-code-dot,    Unknown, DOT",
    "drop-after-dot,    Unknown, DOT",
    "rst-after-dot,     Unknown, DOT",
    "421-dot,           Refused, DOT",
    "450-dot,           Refused, DOT"
  })
  void by_data(String event, String result, Phase phase) {
    meets(DATA, event, result, phase);
    meets(STEPS, event, result, phase);
  }

  /**
   * The content is out with the envelope: what is lost then is unknown unless something was said.
   */
  @ParameterizedTest
  @CsvSource({
    "drop-rcpt,         Unknown, DOT",
    "blackhole-rcpt,    Unknown, DOT",
    "garbage-rcpt,      Unknown, DOT",
    "wrong-code-rcpt,   Unknown, DOT",
    "421-rcpt,          Refused, ENVELOPE",
    "450-rcpt,          Refused, ENVELOPE",
    "451-data,          Refused, DOT",
    "drop-dot,          Unknown, DOT",
    "blackhole-dot,     Unknown, DOT",
    "wrong-code-dot,    Unknown, DOT",
    "drop-after-dot,    Unknown, DOT",
    "421-dot,           Refused, DOT",
    "450-dot,           Refused, DOT"
  })
  void by_bdat_in_one_write(String event, String result, Phase phase) {
    meets(BDAT, event, result, phase);
  }

  private static void meets(Sink sink, String event, String result, Phase phase) {
    TestServer server = Sender.server(sink).withTimeouts(Timeouts.all(SHORT));
    try (Sender sender = Sender.to(server)) {
      SendResult met = sender.send(event + "@x.test");
      assertEquals(result, met.getClass().getSimpleName(), met.toString());
      assertEquals(phase, met.phase(), met.toString());
      comesBack(sender);
    }
  }

  /** A 421 is followed by a pause. */
  private static void comesBack(Sender sender) {
    SendResult next = sender.send("ana@x.test");
    while (next instanceof NotSent pausing
        && pausing.cause().startsWith("no connection is tried")) {
      next = sender.send("ana@x.test");
    }
    assertInstanceOf(Accepted.class, next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"421-mail", "drop-mail", "rst-mail", "blackhole-mail", "garbage-mail"})
  void at_mail_on_a_new_connection(String event) {
    TestServer server = Sender.server(DATA).withTimeouts(Timeouts.all(SHORT));
    try (Sender sender = Sender.to(server)) {
      SendResult met = sender.send(new Envelope(event + "@x.test", List.of("ana@x.test"), false));
      assertEquals(event.startsWith("4") ? Refused.class : NotSent.class, met.getClass());
      assertEquals(Phase.ENVELOPE, met.phase());
      comesBack(sender);
    }
  }

  @Test
  void a_refused_sender_is_refused_even_if_the_connection_breaks_afterwards() {
    try (Sink sink =
            Sink.start(
                new SinkOptions()
                    .server(server -> server.without(Extension.CHUNKING))
                    .always(Verb.MAIL, Answer.sayAndClose("550 5.1.8 No")));
        Sender sender = Sender.to(sink)) {
      Refused refused = sender.send(Refused.class, "ana@x.test");
      assertEquals("MAIL", refused.command());
      assertEquals(550, refused.reply().code());
    }
  }

  @Test
  void a_lone_dot_ends_data_that_a_server_wants_without_a_recipient() {
    try (Sink sink =
            Sink.start(
                new SinkOptions()
                    .server(server -> server.without(Extension.CHUNKING))
                    .always(Verb.DATA, Answer.say("354 Go on")));
        Sender sender = Sender.to(sink)) {
      assertEquals(550, sender.send(Refused.class, "550-rcpt@x.test").reply().code());
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sink.counters().connections());
      assertEquals(Sender.MESSAGE, new String(sink.mailsTo("ana@x.test").get(0).message()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_late_reply_to_the_dot_is_waited_for(boolean inTime) {
    Duration dot = inTime ? Duration.ofSeconds(5) : Duration.ofMillis(200);
    TestServer server =
        Sender.server(DATA)
            .withTimeouts(
                new Timeouts(SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, dot, SHORT));
    try (Sender sender = Sender.to(server)) {
      SendResult met = sender.send("slow-dot-800ms@x.test");
      assertEquals(inTime ? Accepted.class : Unknown.class, met.getClass());
    }
  }

  @Test
  void a_reply_without_a_command_ends_the_connection_but_not_the_result() {
    try (Sink sink =
            Sink.start(
                new SinkOptions().always(Verb.DOT, Answer.raw("250 2.0.0 Ok\r\n250 again\r\n")));
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(2, sink.counters().connections());
      assertEquals(2, sink.mails().size());
    }
  }

  @Test
  void a_mail_larger_than_the_server_takes_is_not_tried() {
    try (Sink sink = Sink.start(new SinkOptions().server(server -> server.sizeMax(1_000)));
        Sender sender = Sender.to(sink)) {
      String message = "Subject: x\r\n\r\n" + "x\r\n".repeat(500);
      Refused refused =
          assertInstanceOf(Refused.class, sender.send(message, Sender.OPEN, "ana@x.test"));
      assertEquals(552, refused.reply().code());
      assertEquals("5.3.4", refused.reply().enhanced().orElseThrow().toString());
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sink.counters().connections());
      assertTrue(
          sink.mails()
              .get(0)
              .receivedEnvelope()
              .parameters()
              .contains("SIZE=" + Sender.MESSAGE.length()));
    }
  }

  @Test
  void a_local_part_beyond_ascii_needs_smtputf8() {
    try (Sink with = sink();
        Sink without = sink(Extension.SMTPUTF8);
        Sender able = Sender.to(with);
        Sender unable = Sender.to(without)) {
      able.send(Accepted.class, "ü@x.test");
      assertEquals(List.of("ü@x.test"), with.mails().get(0).recipients());
      assertTrue(with.mails().get(0).receivedEnvelope().parameters().contains("SMTPUTF8"));
      Refused refused = unable.send(Refused.class, "ü@x.test");
      assertEquals("5.6.7", refused.reply().enhanced().orElseThrow().toString());
      unable.send(Accepted.class, "ana@xn--bcher-kva.test");
    }
  }

  @Test
  void a_recipient_beyond_ascii_is_refused_alone_where_smtputf8_is_missing() {
    for (Extension other : List.of(Extension.CHUNKING, Extension.PIPELINING, Extension.SMTPUTF8)) {
      try (Sink without = sink(Extension.SMTPUTF8, other);
          Sender unable = Sender.to(without)) {
        String refused = "553 5.6.7 not tried: an address needs SMTPUTF8, which is not offered";

        Accepted accepted =
            unable.send(Accepted.class, "ü@x.test", "ana@x.test", "ö@x.test", "550-rcpt@x.test");

        List<String> texts = accepted.recipients().stream().map(Reply::text).toList();
        assertEquals(List.of(refused, refused), List.of(texts.get(0), texts.get(2)));
        assertEquals(
            List.of(250, 550),
            List.of(code(accepted.recipients(), 1), code(accepted.recipients(), 3)));
        assertEquals(List.of("ana@x.test"), without.mails().get(0).recipients());
        without.assertWireClean();
      }
    }
  }

  private static int code(List<Reply> replies, int index) {
    return replies.get(index).code();
  }

  @Test
  void a_header_or_a_sender_beyond_ascii_refuses_all_where_smtputf8_is_missing() {
    try (Sink without = sink(Extension.SMTPUTF8);
        Sender unable = Sender.to(without)) {
      List<String> recipients = List.of("ana@x.test", "ü@x.test");
      for (Envelope envelope :
          List.of(
              new Envelope("s@x.test", recipients, true),
              new Envelope("ü@x.test", recipients, false))) {
        Refused refused = assertInstanceOf(Refused.class, unable.send(envelope));
        assertEquals("MAIL", refused.command());
        assertEquals("5.6.7", refused.reply().enhanced().orElseThrow().toString());
      }
      unable.send(Accepted.class, "after@x.test");
    }
  }

  @Test
  void a_refusal_before_all_recipients_keeps_the_order_of_the_envelope() {
    try (Sink without = sink(Extension.SMTPUTF8);
        Sender unable = Sender.to(without)) {
      Refused refused = unable.send(Refused.class, "550-rcpt@x.test", "ü@x.test");

      assertEquals(550, refused.reply().code());
      assertEquals(List.of(550, 553), refused.recipients().stream().map(Reply::code).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"251", "252"})
  void a_recipient_who_moved_or_cannot_be_verified_is_accepted(String code) {
    try (Sender sender = Sender.to(DATA)) {
      Accepted accepted = sender.send(Accepted.class, code + "-2.1.5-rcpt@x.test");
      assertEquals(Integer.parseInt(code), accepted.recipients().get(0).code());
    }
  }

  @Test
  void too_many_recipients_leave_the_others_accepted() {
    try (Sender sender = Sender.to(BDAT)) {
      Accepted accepted = sender.send(Accepted.class, "first@x.test", "452-4.5.3-rcpt@x.test");
      assertEquals("452 4.5.3 As the address asked", accepted.recipients().get(1).text());
      assertEquals(List.of("first@x.test"), BDAT.mailsTo("first@x.test").get(0).recipients());
    }
  }

  @Test
  void the_null_sender_has_no_address() {
    try (Sender sender = Sender.to(DATA)) {
      assertInstanceOf(
          Accepted.class, sender.send(new Envelope("", List.of("null-sender@x.test"), false)));
      assertEquals("", DATA.mailsTo("null-sender@x.test").get(0).sender());
    }
  }

  private static Sink sink(Extension... missing) {
    return Sink.start(new SinkOptions().server(server -> server.without(missing)));
  }
}
