package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.support.Certificates;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthenticatorTest {

  private static final String SECRET = "s3cret=,ü";
  private static final Certificates CERTIFICATES = new Certificates();
  private static final Sink SINK = Sink.start(options());

  @AfterAll
  static void stop() {
    SINK.close();
    CERTIFICATES.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PASSWORD, PLAIN",
    "PASSWORD, LOGIN",
    "PASSWORD, CRAM-MD5",
    "TOKEN, XOAUTH2",
    "TOKEN, OAUTHBEARER"
  })
  void logs_in_by(Credentials.Kind kind, String mechanism) {
    try (Sender sender = sender(SINK, fixed(kind, SECRET), mechanism)) {
      String recipient = "by-" + mechanism + "@x.test";
      sender.send(Accepted.class, recipient);
      assertEquals(Optional.of("ana"), SINK.mailsTo(recipient).get(0).authenticatedAs());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PASSWORD, PLAIN",
    "PASSWORD, LOGIN",
    "PASSWORD, CRAM-MD5",
    "TOKEN, XOAUTH2",
    "TOKEN, OAUTHBEARER"
  })
  void reports_a_refused_login_without_the_secret(Credentials.Kind kind, String mechanism) {
    try (Sender sender = sender(SINK, fixed(kind, "wr0ng"), mechanism)) {
      Refused refused = sender.send(Refused.class, "refused@x.test");
      assertEquals(Phase.AUTHENTICATING, refused.phase());
      assertEquals("AUTH " + mechanism, refused.command());
      assertEquals(535, refused.reply().code());
      assertFalse(refused.toString().contains("wr0ng"));
      assertEquals(0, SINK.mailsTo("refused@x.test").size());
    }
  }

  @Test
  void prefers_what_fits_the_credentials() {
    try (Sender password = sender(SINK, fixed(Credentials.Kind.PASSWORD, SECRET));
        Sender token = sender(SINK, fixed(Credentials.Kind.TOKEN, SECRET))) {
      password.send(Accepted.class, "password@x.test");
      token.send(Accepted.class, "token@x.test");
    }
  }

  @Test
  void asks_for_credentials_for_each_connection() {
    AtomicInteger asked = new AtomicInteger();
    CredentialsSource rotating =
        () ->
            Future.succeededFuture(
                Credentials.token("ana", asked.incrementAndGet() == 1 ? "expired" : SECRET));
    try (Sender sender = sender(SINK, rotating)) {
      assertEquals(535, sender.send(Refused.class, "rotating@x.test").reply().code());
      while (sender.send("rotating@x.test") instanceof NotSent pausing) {
        assertTrue(pausing.cause().contains("535"), pausing.cause());
      }
      assertEquals(2, asked.get());
      assertEquals(1, SINK.mailsTo("rotating@x.test").size());
    }
  }

  @Test
  void a_source_that_fails_throws_or_never_answers_fails_the_connection() {
    List<CredentialsSource> sources =
        List.of(
            () -> Future.failedFuture("vault is sealed"),
            () -> {
              throw new IllegalStateException("vault is sealed");
            },
            () -> null,
            () -> Promise.<Credentials>promise().future());
    for (CredentialsSource source : sources) {
      TestServer server = server(SINK, source).withTimeouts(Timeouts.all(Duration.ofMillis(500)));
      try (Sender sender = Sender.to(server)) {
        NotSent notSent = sender.send(NotSent.class, "refused@x.test");
        assertEquals(Phase.AUTHENTICATING, notSent.phase());
      }
    }
  }

  @Test
  void reports_what_is_offered_if_nothing_fits() {
    try (Sender sender = sender(SINK, fixed(Credentials.Kind.PASSWORD, SECRET), "GSSAPI")) {
      NotSent notSent = sender.send(NotSent.class, "refused@x.test");
      assertTrue(notSent.cause().contains("PLAIN"), notSent.cause());
    }
  }

  @Test
  void comes_to_an_end_with_a_server_that_does_not() {
    try (Sink sink = Sink.start(options().always(Verb.AUTH, Answer.say("334 AAAA")));
        Sender sender = sender(sink, fixed(Credentials.Kind.PASSWORD, SECRET))) {
      NotSent notSent = sender.send(NotSent.class, "refused@x.test");
      assertEquals(Phase.AUTHENTICATING, notSent.phase());
    }
  }

  @Test
  void a_challenge_that_is_no_base64_ends_the_connection() {
    try (Sink sink = Sink.start(options().always(Verb.AUTH, Answer.say("334 !!!")));
        Sender sender = sender(sink, fixed(Credentials.Kind.PASSWORD, SECRET))) {
      sender.send(NotSent.class, "refused@x.test");
    }
  }

  @ParameterizedTest
  @CsvSource({"454 4.7.0 Later", "534 5.7.9 Too weak", "550 5.7.30 Basic authentication is off"})
  void passes_on_every_other_refusal_as_it_is(String reply) {
    try (Sink sink = Sink.start(options().always(Verb.AUTH, Answer.say(reply)));
        Sender sender = sender(sink, fixed(Credentials.Kind.PASSWORD, SECRET))) {
      assertEquals(reply, sender.send(Refused.class, "refused@x.test").reply().text());
    }
  }

  @Test
  void without_a_login_a_server_that_wants_one_refuses_mail() {
    TestServer server =
        Sender.server(SINK)
            .withTls(Tls.STARTTLS_REQUIRED, TestServer.trusting(CERTIFICATES.trust()));
    try (Sender sender = Sender.to(server)) {
      Refused refused = sender.send(Refused.class, "refused@x.test");
      assertEquals(530, refused.reply().code());
      assertEquals("MAIL", refused.command());
    }
  }

  private static SinkOptions options() {
    return new SinkOptions()
        .server(
            server -> server.startTls(CERTIFICATES.good()).account("ana", SECRET).authRequired());
  }

  private static CredentialsSource fixed(Credentials.Kind kind, String secret) {
    return CredentialsSource.fixed(new Credentials(kind, "ana", secret));
  }

  private static Sender sender(Sink sink, CredentialsSource source, String... mechanisms) {
    return Sender.to(server(sink, source).withExtensions(TestServer.mechanisms(mechanisms)));
  }

  private static TestServer server(Sink sink, CredentialsSource source) {
    return Sender.server(sink)
        .withTls(Tls.STARTTLS_REQUIRED, TestServer.trusting(CERTIFICATES.trust()))
        .withLogin(source);
  }
}
