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
import dev.postrider.support.smtpserver.Extension;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dialogue of one mail in each of its four forms, over a real socket. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionTest {

  /** What the server offers, and so how a mail is spoken. */
  enum Form {
    PIPELINED_BDAT,
    PIPELINED_DATA(Extension.CHUNKING),
    STEPWISE_BDAT(Extension.PIPELINING),
    STEPWISE_DATA(Extension.PIPELINING, Extension.CHUNKING);

    private final Extension[] missing;

    Form(Extension... missing) {
      this.missing = missing;
    }

    Sink sink() {
      return Sink.start(new SinkOptions().server(options -> options.without(missing)));
    }

    boolean chunked() {
      return this == PIPELINED_BDAT || this == STEPWISE_BDAT;
    }
  }

  @ParameterizedTest
  @EnumSource
  void delivers_the_message_as_it_is(Form form) {
    try (Sink sink = form.sink();
        Sender sender = Sender.to(sink)) {
      Accepted accepted = sender.send(Accepted.class, "ana@x.test", "bob@x.test");
      assertEquals(250, accepted.reply().code());
      assertEquals(2, accepted.recipients().size());
      assertEquals(Sender.MESSAGE, new String(sink.mails().get(0).message()));
      assertEquals(List.of("ana@x.test", "bob@x.test"), sink.mails().get(0).recipients());
      assertEquals("sender@client.test", sink.mails().get(0).sender());
      assertEquals(form.chunked(), sink.mails().get(0).link().chunked());
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @EnumSource
  void sends_to_those_who_were_accepted_and_keeps_the_refusals(Form form) {
    try (Sink sink = form.sink();
        Sender sender = Sender.to(sink)) {
      Accepted accepted = sender.send(Accepted.class, "a@x.test", "550-rcpt@x.test", "b@x.test");
      assertEquals(
          List.of(250, 550, 250), accepted.recipients().stream().map(Reply::code).toList());
      assertEquals("5.1.1", accepted.recipients().get(1).enhanced().orElseThrow().toString());
      assertEquals(List.of("a@x.test", "b@x.test"), sink.mails().get(0).recipients());
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keeps_the_connection_after_all_recipients_were_refused(Form form) {
    try (Sink sink = form.sink();
        Sender sender = Sender.to(sink)) {
      Refused refused = sender.send(Refused.class, "550-rcpt+1@x.test", "450-rcpt+2@x.test");
      assertEquals(Phase.ENVELOPE, refused.phase());
      assertEquals("RCPT", refused.command());
      assertEquals(550, refused.reply().code());
      assertEquals(List.of(550, 450), refused.recipients().stream().map(Reply::code).toList());
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sink.counters().connections());
      assertEquals(1, sink.mails().size());
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keeps_the_connection_after_any_other_refusal(Form form) {
    try (Sink sink = form.sink();
        Sender sender = Sender.to(sink)) {
      Refused mail =
          assertInstanceOf(
              Refused.class,
              sender.send(new Envelope("451-mail@x.test", List.of("a@x.test"), false)));
      assertEquals("MAIL", mail.command());
      assertEquals(451, mail.reply().code());
      Refused data = sender.send(Refused.class, "554-data@x.test");
      assertEquals(form.chunked() ? "BDAT" : "DATA", data.command());
      Refused dot = sender.send(Refused.class, "552-5.3.4-dot@x.test");
      assertEquals(Phase.DOT, dot.phase());
      assertEquals("5.3.4", dot.reply().enhanced().orElseThrow().toString());
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sink.counters().connections());
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @EnumSource
  void does_not_know_what_became_of_a_mail_whose_connection_broke_after_its_end(Form form) {
    try (Sink sink = form.sink();
        Sender sender = Sender.to(sink)) {
      Unknown unknown = sender.send(Unknown.class, "drop-after-dot@x.test");
      assertEquals(Phase.DOT, unknown.phase());
      assertEquals(1, sink.mails().size());
      sender.send(Unknown.class, "rst-after-dot@x.test");
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_closed_gate_stops_the_mail(Form form) {
    try (Sink sink = form.sink();
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      NotSent notSent =
          assertInstanceOf(NotSent.class, sender.send(Sender.MESSAGE, () -> false, "shut@x.test"));
      assertEquals(Phase.DATA, notSent.phase());
      assertTrue(notSent.cause().contains("gate"));
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(0, sink.mailsTo("shut@x.test").size());
      assertEquals(2, sink.mails().size());
    }
  }
}
