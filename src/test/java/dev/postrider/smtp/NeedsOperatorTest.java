package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.support.Certificates;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures only a changed setting ends, and that their cause says what to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NeedsOperatorTest {

  private static final Certificates CERTIFICATES = new Certificates();
  private static final CredentialsSource PASSWORD =
      CredentialsSource.fixed(Credentials.password("ana", "secret"));

  @AfterAll
  static void clean() {
    CERTIFICATES.close();
  }

  @Test
  void starttls_is_required_and_not_offered() {
    try (Sink sink = Sink.start()) {
      assertNeedsOperator(sink, Tls.STARTTLS_REQUIRED, "the server offers no STARTTLS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"454 4.7.0 Not now", "502 5.5.1 Unknown", "554 5.7.3 No"})
  void starttls_is_refused(String reply) {
    try (Sink sink = Sink.start(startTls().always(Verb.STARTTLS, Answer.say(reply)))) {
      assertNeedsOperator(sink, Tls.STARTTLS_REQUIRED, reply);
    }
  }

  @Test
  void a_421_to_starttls_asks_only_for_a_pause() {
    SinkOptions options = startTls().always(Verb.STARTTLS, Answer.sayAndClose("421 4.3.2 Busy"));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(server(sink, Tls.STARTTLS_REQUIRED))) {
      assertEquals(421, sender.send(Refused.class, "ana@x.test").reply().code());
    }
  }

  @Test
  void the_certificate_is_not_trusted() {
    try (Sink sink =
        Sink.start(new SinkOptions().server(server -> server.startTls(CERTIFICATES.expired())))) {
      assertNeedsOperator(sink, Tls.STARTTLS_REQUIRED, "the TLS handshake failed");
    }
  }

  @Test
  void the_certificate_is_not_trusted_from_the_first_byte() {
    try (Sink sink =
        Sink.start(
            new SinkOptions().server(server -> server.implicitTls(CERTIFICATES.wrongName())))) {
      assertNeedsOperator(sink, Tls.IMPLICIT, "the TLS handshake failed");
    }
  }

  @Test
  void the_port_speaks_no_tls() {
    try (Sink sink = Sink.start()) {
      assertNeedsOperator(sink, Tls.IMPLICIT, "check the port");
    }
  }

  @Test
  void the_server_closes_in_the_handshake() {
    try (Sink sink =
        Sink.start(startTls().always(Verb.STARTTLS, Answer.sayAndClose("220 2.0.0 Go")))) {
      assertNeedsOperator(sink, Tls.STARTTLS_REQUIRED, "the TLS handshake failed");
    }
  }

  @Test
  void a_handshake_without_an_answer_may_have_one_later() {
    SinkOptions options =
        startTls().always(Verb.STARTTLS, Answer.rawThenSilence("220 2.0.0 Go\r\n"));
    try (Sink sink = Sink.start(options);
        Sender sender =
            Sender.to(
                server(sink, Tls.STARTTLS_REQUIRED)
                    .withTimeouts(Timeouts.all(Duration.ofMillis(300))))) {
      assertFalse(sender.send(NotSent.class, "ana@x.test").needsOperator());
    }
  }

  @Test
  void a_user_name_is_set_and_no_login_offered() {
    try (Sink sink = Sink.start(startTls().server(server -> server.without(Extension.AUTH)));
        Sender sender = Sender.to(server(sink, Tls.STARTTLS_REQUIRED).withLogin(PASSWORD))) {
      assertNeedsOperator(sender, "remove the user name");
    }
  }

  @Test
  void no_login_that_is_offered_fits() {
    SinkOptions options = startTls().server(server -> server.account("ana", "secret"));
    try (Sink sink = Sink.start(options);
        Sender sender =
            Sender.to(
                server(sink, Tls.STARTTLS_REQUIRED)
                    .withLogin(PASSWORD)
                    .withExtensions(TestServer.mechanisms("GSSAPI")))) {
      assertNeedsOperator(sender, "change login or auth-methods");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname, true",
    "550 5.7.1 Helo invalid, true",
    "421 4.7.0 Busy, false",
    "450 4.7.1 <localhost>: Helo command rejected: Host not found, false"
  })
  void our_name_is_refused(String reply, boolean needsOperator) {
    SinkOptions options =
        new SinkOptions().always(Verb.EHLO, Answer.say(reply)).always(Verb.HELO, Answer.say(reply));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(sink)) {
      if (needsOperator) {
        assertNeedsOperator(sender, "set own-host-name");
      } else {
        assertEquals(reply, sender.send(Refused.class, "ana@x.test").reply().text());
      }
    }
  }

  private static void assertNeedsOperator(Sink sink, Tls tls, String cause) {
    try (Sender sender = Sender.to(server(sink, tls))) {
      assertNeedsOperator(sender, cause);
    }
  }

  /** The second mail meets the pause: it is told the same. */
  private static void assertNeedsOperator(Sender sender, String cause) {
    for (String recipient : new String[] {"ana@x.test", "bob@x.test"}) {
      NotSent notSent = sender.send(NotSent.class, recipient);
      assertTrue(notSent.needsOperator(), notSent.cause());
      assertTrue(notSent.cause().contains(cause), notSent.cause());
    }
  }

  private static SinkOptions startTls() {
    return new SinkOptions().server(server -> server.startTls(CERTIFICATES.good()));
  }

  private static TestServer server(Sink sink, Tls tls) {
    return Sender.server(sink).withTls(tls, TestServer.trusting(CERTIFICATES.trust()));
  }
}
