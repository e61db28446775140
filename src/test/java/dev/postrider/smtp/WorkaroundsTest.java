package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.PoolState.Adaptation;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.SendResult.Unknown;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that offer an extension and fail with it: the mail arrives all the same. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkaroundsTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String LARGE = "Subject: x\r\n\r\n" + "0123456789\r\n".repeat(60_000);

  private final AtomicLong clock = new AtomicLong();

  @ParameterizedTest
  @CsvSource({
    "500 5.5.1 Unknown, true",
    "501 5.5.4 Syntax, true",
    "502 5.5.1 Not implemented, true",
    "503 5.5.1 Bad sequence, true",
    "504 5.5.4 No, true",
    "503 5.5.1 Bad sequence, false"
  })
  void a_refused_bdat_is_followed_by_data_at_once(String reply, boolean pipelining) {
    Extension[] missing = pipelining ? new Extension[0] : new Extension[] {Extension.PIPELINING};
    SinkOptions options = atBdat(Answer.say(reply)).server(server -> server.without(missing));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(2, sink.counters().connections());
      assertEquals(List.of("CHUNKING"), sender.told());
      Adaptation workaround = sender.state().workarounds().get(0);
      assertEquals("CHUNKING", workaround.what());
      assertTrue(workaround.cause().contains(reply), workaround.cause());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"552 5.3.4 Too large", "451 4.3.0 Later", "554 5.6.0 Spam"})
  void a_refused_content_is_no_reason_to_do_without_bdat(String reply) {
    try (Sink sink = Sink.start(atBdat(Answer.say(reply)));
        Sender sender = Sender.to(sink)) {
      assertEquals(reply, sender.send(Refused.class, "ana@x.test").reply().text());
      assertEquals(List.of(), sender.told());
    }
  }

  @Test
  void a_bdat_that_gets_503_because_no_recipient_was_taken_is_no_reason_either() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(sink)) {
      sender.send(Refused.class, "550-rcpt@x.test");
      assertEquals(List.of(), sender.told());
    }
  }

  /** Whether the server has the mail cannot be known: the next try goes by DATA. */
  @ParameterizedTest
  @ValueSource(strings = {"drop", "silence"})
  void a_bdat_without_a_reply_is_unknown_and_the_next_mail_goes_by_data(String event) {
    Answer answer = event.equals("drop") ? Answer.drop() : Answer.silence();
    try (Sink sink = Sink.start(atBdat(answer));
        Sender sender = Sender.to(Sender.server(sink).withTimeouts(Timeouts.all(SHORT)))) {
      sender.send(Unknown.class, "ana@x.test");
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(List.of("CHUNKING"), sender.told());
    }
  }

  @Test
  void a_connection_closed_within_a_large_bdat_is_surely_not_sent_and_goes_by_data_at_once() {
    SinkOptions options =
        new SinkOptions()
            .script(
                (command, dialogue, usual) ->
                    command.verb() == Verb.BODY && dialogue.chunked() ? Answer.drop() : usual);
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(sink)) {
      SendResult result = sender.send(LARGE, Sender.OPEN, "ana@x.test");
      // The last piece may have left before the loss was seen.
      if (result instanceof Unknown) {
        result = sender.send(LARGE, Sender.OPEN, "ana@x.test");
      }
      assertEquals(Accepted.class, result.getClass(), result.toString());
      assertEquals(List.of("CHUNKING"), sender.told());
    }
  }

  @Test
  void what_worked_before_is_not_doubted_for_one_lost_connection() {
    try (Sink sink = Sink.start();
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Unknown.class, "drop-dot@x.test");
      sender.send(Unknown.class, "drop-rcpt@x.test");
      assertEquals(List.of(), sender.told());
      sender.send(Unknown.class, "drop-rcpt@x.test");
      assertEquals(List.of("PIPELINING"), sender.told());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "silence"})
  void replies_lost_in_a_group_of_commands_are_followed_by_one_command_at_a_time(String event) {
    Answer answer = event.equals("drop") ? Answer.drop() : Answer.silence();
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.without(Extension.CHUNKING))
            .script(
                (command, dialogue, usual) ->
                    command.verb() == Verb.RCPT && dialogue.connection() == 1 ? answer : usual);
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(Sender.server(sink).withTimeouts(Timeouts.all(SHORT)))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(List.of("PIPELINING"), sender.told());
      assertEquals(1, sink.mails().size());
    }
  }

  @Test
  void an_extension_is_tried_again_after_an_hour() {
    try (Sink sink = Sink.start(atBdat(Answer.say("503 5.5.1 Bad sequence")));
        Sender sender = Sender.to(Sender.server(sink), clock::get)) {
      sender.send(Accepted.class, "ana@x.test");
      clock.set(Workarounds.KEPT.minusMillis(1).toMillis());
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sender.state().workarounds().size());
      assertEquals(Workarounds.KEPT.minusMillis(1), sender.state().workarounds().get(0).age());
      clock.set(Workarounds.KEPT.toMillis());
      assertEquals(List.of(), sender.state().workarounds());
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(List.of("CHUNKING", "CHUNKING"), sender.told());
    }
  }

  @Test
  void what_one_pool_found_out_all_pools_of_the_server_know() {
    try (Sink sink = Sink.start(atBdat(Answer.drop()));
        Sender sender = Sender.to(sink)) {
      SmtpPool another = sender.anotherPool();
      sender.send(Unknown.class, "ana@x.test");
      SendResult result = Sender.join(sender.offerTo(another, "ana@x.test"));
      assertEquals(Accepted.class, result.getClass(), result.toString());
      assertEquals(List.of("CHUNKING"), sender.told());
      Sender.join(sender.run(another::close));
    }
  }

  @Test
  void what_the_settings_switch_off_is_never_used() {
    Extensions noBdat = TestServer.without("chunking");
    try (Sink sink = Sink.start(atBdat(Answer.drop()));
        Sender sender = Sender.to(Sender.server(sink).withExtensions(noBdat))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(List.of(), sender.told());
    }
  }

  /** Answers so to each content that came by BDAT. */
  private static SinkOptions atBdat(Answer answer) {
    AnswerScript script =
        (command, dialogue, usual) ->
            command.verb() == Verb.DOT && dialogue.chunked() && usual.accepts() ? answer : usual;
    return new SinkOptions().script(script);
  }
}
