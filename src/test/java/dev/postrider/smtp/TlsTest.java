package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.support.Certificates;
import dev.postrider.support.Hostile;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TlsTest {

  private static final Certificates CERTIFICATES = new Certificates();

  /** Certificates that must not be trusted. */
  enum Wrong {
    EXPIRED(CERTIFICATES.expired()),
    WRONG_NAME(CERTIFICATES.wrongName()),
    SELF_SIGNED(CERTIFICATES.selfSigned());

    private final KeyCertOptions key;

    Wrong(KeyCertOptions key) {
      this.key = key;
    }
  }

  @AfterAll
  static void clean() {
    CERTIFICATES.close();
  }

  @Test
  void uses_tls_from_the_first_byte() {
    try (Sink sink = implicit(CERTIFICATES.good());
        Sender sender = sender(sink, Tls.IMPLICIT)) {
      sender.send(Accepted.class, "ana@x.test");
      assertTrue(sink.mails().get(0).tls());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS_OPTIONAL", "STARTTLS_REQUIRED"})
  void encrypts_by_starttls_and_sends_ehlo_again(Tls tls) {
    try (Sink sink = startTls(CERTIFICATES.good());
        Sender sender = sender(sink, tls)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      assertTrue(sink.mails().get(1).tls());
      sink.assertWireClean();
    }
  }

  @Hostile("servers with TLS")
  @ParameterizedTest
  @EnumSource
  void refuses_a_certificate_that_is_not_right(Wrong certificate) {
    try (Sink sink = startTls(certificate.key);
        Sender required = sender(sink, Tls.STARTTLS_REQUIRED);
        Sender optional = sender(sink, Tls.STARTTLS_OPTIONAL)) {
      assertEquals(Phase.GREETING, required.send(NotSent.class, "ana@x.test").phase());
      assertEquals(Phase.GREETING, optional.send(NotSent.class, "ana@x.test").phase());
      assertEquals(0, sink.mails().size());
    }
  }

  @Hostile("servers with TLS")
  @ParameterizedTest
  @EnumSource
  void refuses_it_from_the_first_byte_as_well(Wrong certificate) {
    try (Sink sink = implicit(certificate.key);
        Sender sender = sender(sink, Tls.IMPLICIT)) {
      assertEquals(Phase.CONNECTING, sender.send(NotSent.class, "ana@x.test").phase());
    }
  }

  @Test
  void trusts_anyone_only_if_told_so() {
    TestServer server = TestServer.at("127.0.0.1", 1);
    assertFalse(server.server().trust().trustAll());
    try (Sink sink = startTls(CERTIFICATES.wrongName());
        Sender sender =
            Sender.to(
                Sender.server(sink)
                    .withTls(
                        Tls.STARTTLS_REQUIRED,
                        new TrustSettings(true, true, UnaryOperator.identity())))) {
      sender.send(Accepted.class, "ana@x.test");
      assertTrue(sink.mails().get(0).tls());
    }
  }

  @Hostile("servers with TLS")
  @Test
  void sends_nothing_if_the_offer_was_stripped_and_tls_is_required() {
    try (Sink sink = Sink.start();
        Sender sender = sender(sink, Tls.STARTTLS_REQUIRED)) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertTrue(notSent.cause().contains("STARTTLS"), notSent.cause());
      assertEquals(0, sink.mails().size());
    }
  }

  @Test
  void sends_in_clear_text_if_tls_is_optional_and_not_offered() {
    try (Sink sink = Sink.start();
        Sender sender = sender(sink, Tls.STARTTLS_OPTIONAL)) {
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  @Hostile("servers with TLS")
  @Test
  void never_falls_back_after_a_refused_starttls() {
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.startTls(CERTIFICATES.good()))
            .always(Verb.STARTTLS, Answer.say("454 4.7.0 TLS not available"));
    try (Sink sink = Sink.start(options);
        Sender sender = sender(sink, Tls.STARTTLS_OPTIONAL)) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertTrue(notSent.needsOperator());
      assertTrue(notSent.cause().contains("454 4.7.0 TLS not available"), notSent.cause());
      assertEquals(0, sink.mails().size());
    }
  }

  @Hostile("servers with TLS")
  @Test
  void drops_a_connection_with_bytes_injected_before_the_handshake() {
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.startTls(CERTIFICATES.good()))
            .always(
                Verb.STARTTLS, Answer.raw("220 2.0.0 Go\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n"));
    try (Sink sink = Sink.start(options);
        Sender sender = sender(sink, Tls.STARTTLS_REQUIRED)) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertEquals("the server sent more than it was asked for", notSent.cause());
    }
  }

  @Hostile("servers with TLS")
  @Test
  void believes_no_extension_offered_before_the_handshake() {
    SinkOptions options =
        new SinkOptions()
            .server(
                server ->
                    server
                        .startTls(CERTIFICATES.good())
                        .without(Extension.CHUNKING, Extension.PIPELINING));
    try (Sink sink = Sink.start(options);
        Sender sender = sender(sink, Tls.STARTTLS_REQUIRED)) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(Map.of(), sink.counters().violations());
      assertFalse(sink.mails().get(0).link().chunked());
    }
  }

  @Hostile("servers with TLS")
  @Test
  void waits_for_no_handshake_that_never_ends() {
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.startTls(CERTIFICATES.good()))
            .always(Verb.STARTTLS, Answer.rawThenSilence("220 2.0.0 Go\r\n"));
    try (Sink sink = Sink.start(options);
        Sender sender =
            Sender.to(
                Sender.server(sink)
                    .withTls(Tls.STARTTLS_OPTIONAL, TestServer.trusting(CERTIFICATES.trust()))
                    .withTimeouts(Timeouts.all(Duration.ofMillis(600))))) {
      sender.send(NotSent.class, "ana@x.test");
      assertEquals(0, sink.mails().size());
    }
  }

  @Hostile("servers with TLS")
  @Test
  void uses_no_tls_older_than_1_2() {
    Vertx vertx = Vertx.vertx();
    NetServerOptions options =
        new NetServerOptions()
            .setSsl(true)
            .setKeyCertOptions(CERTIFICATES.good())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.1"));
    int port =
        Sender.join(
                vertx
                    .createNetServer(options)
                    .connectHandler(socket -> socket.write("220 old\r\n"))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    TestServer server =
        Sender.server(port).withTls(Tls.IMPLICIT, TestServer.trusting(CERTIFICATES.trust()));
    try (Sender sender = Sender.to(server)) {
      assertEquals(Phase.CONNECTING, sender.send(NotSent.class, "ana@x.test").phase());
    } finally {
      Sender.join(vertx.close());
    }
  }

  private static Sink startTls(KeyCertOptions key) {
    return Sink.start(new SinkOptions().server(server -> server.startTls(key)));
  }

  private static Sink implicit(KeyCertOptions key) {
    return Sink.start(new SinkOptions().server(server -> server.implicitTls(key)));
  }

  private static Sender sender(Sink sink, Tls tls) {
    return Sender.to(Sender.server(sink).withTls(tls, TestServer.trusting(CERTIFICATES.trust())));
  }
}
