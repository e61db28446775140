package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.dev.Answer;
import dev.postrider.dev.Extension;
import dev.postrider.dev.Verb;
import dev.postrider.smtp.Transmission.Accepted;
import dev.postrider.smtp.Transmission.NotSent;
import dev.postrider.smtp.Transmission.Refused;
import dev.postrider.support.Certificates;
import dev.postrider.support.Sink;
import dev.postrider.support.SinkOptions;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TlsTest {

  @Test
  void speaks_tls_from_the_first_byte() {
    try (Sink sink = implicit(Certificates.GOOD);
        Sender sender = sender(sink, Tls.IMPLICIT, Certificates.GOOD)) {
      sender.send(Accepted.class, "ana@x.test");
      assertTrue(sink.mails().get(0).tls());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS_OPTIONAL", "STARTTLS_REQUIRED"})
  void encrypts_by_starttls_and_greets_anew(Tls tls) {
    try (Sink sink = startTls(Certificates.GOOD);
        Sender sender = sender(sink, tls, Certificates.GOOD)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      assertTrue(sink.mails().get(1).tls());
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "WRONG_NAME"})
  void refuses_a_certificate_that_is_not_right(Certificates certificate) {
    try (Sink sink = startTls(certificate);
        Sender required = sender(sink, Tls.STARTTLS_REQUIRED, certificate);
        Sender optional = sender(sink, Tls.STARTTLS_OPTIONAL, certificate)) {
      assertEquals(Phase.GREETING, required.send(NotSent.class, "ana@x.test").phase());
      assertEquals(Phase.GREETING, optional.send(NotSent.class, "ana@x.test").phase());
      assertEquals(0, sink.mails().size());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "WRONG_NAME"})
  void refuses_it_from_the_first_byte_as_well(Certificates certificate) {
    try (Sink sink = implicit(certificate);
        Sender sender = sender(sink, Tls.IMPLICIT, certificate)) {
      assertEquals(Phase.CONNECTING, sender.send(NotSent.class, "ana@x.test").phase());
    }
  }

  @Test
  void refuses_an_authority_it_does_not_know() {
    try (Sink sink = startTls(Certificates.STRANGER);
        Sender sender = sender(sink, Tls.STARTTLS_OPTIONAL, Certificates.GOOD)) {
      sender.send(NotSent.class, "ana@x.test");
      assertEquals(0, sink.mails().size());
    }
  }

  @Test
  void trusts_anyone_only_if_told_so() {
    SmtpServer server = SmtpServer.at("127.0.0.1", 1);
    assertFalse(server.trust().anyServer());
    try (Sink sink = startTls(Certificates.WRONG_NAME);
        Sender sender =
            Sender.to(Sender.server(sink).withTls(Tls.STARTTLS_REQUIRED, TrustSettings.anyone()))) {
      sender.send(Accepted.class, "ana@x.test");
      assertTrue(sink.mails().get(0).tls());
    }
  }

  @Test
  void sends_nothing_if_the_offer_was_stripped_and_tls_is_required() {
    try (Sink sink = Sink.start();
        Sender sender = sender(sink, Tls.STARTTLS_REQUIRED, Certificates.GOOD)) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertTrue(notSent.cause().contains("STARTTLS"), notSent.cause());
      assertEquals(0, sink.mails().size());
    }
  }

  @Test
  void sends_in_clear_text_if_tls_is_optional_and_not_offered() {
    try (Sink sink = Sink.start();
        Sender sender = sender(sink, Tls.STARTTLS_OPTIONAL, Certificates.GOOD)) {
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  @Test
  void never_falls_back_after_a_refused_starttls() {
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.startTls(Certificates.GOOD.key()))
            .always(Verb.STARTTLS, Answer.say("454 4.7.0 TLS not available"));
    try (Sink sink = Sink.start(options);
        Sender sender = sender(sink, Tls.STARTTLS_OPTIONAL, Certificates.GOOD)) {
      Refused refused = sender.send(Refused.class, "ana@x.test");
      assertEquals("STARTTLS", refused.command());
      assertEquals(454, refused.reply().code());
      assertEquals(0, sink.mails().size());
    }
  }

  @Test
  void drops_a_connection_with_bytes_injected_before_the_handshake() {
    SinkOptions options =
        new SinkOptions()
            .server(server -> server.startTls(Certificates.GOOD.key()))
            .always(
                Verb.STARTTLS, Answer.raw("220 2.0.0 Go\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n"));
    try (Sink sink = Sink.start(options);
        Sender sender = sender(sink, Tls.STARTTLS_REQUIRED, Certificates.GOOD)) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertEquals("the server sent more than it was asked for", notSent.cause());
    }
  }

  @Test
  void believes_no_extension_offered_before_the_handshake() {
    SinkOptions options =
        new SinkOptions()
            .server(
                server ->
                    server
                        .startTls(Certificates.GOOD.key())
                        .without(Extension.CHUNKING, Extension.PIPELINING));
    try (Sink sink = Sink.start(options);
        Sender sender = sender(sink, Tls.STARTTLS_REQUIRED, Certificates.GOOD)) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(Map.of(), sink.tally().faults());
      assertFalse(sink.mails().get(0).link().chunked());
    }
  }

  @Test
  void speaks_no_tls_older_than_1_2() {
    Vertx vertx = Vertx.vertx();
    NetServerOptions options =
        new NetServerOptions()
            .setSsl(true)
            .setKeyCertOptions(Certificates.GOOD.key())
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.1"));
    int port =
        Sender.join(
                vertx
                    .createNetServer(options)
                    .connectHandler(socket -> socket.write("220 old\r\n"))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    SmtpServer server =
        Sender.server(port).withTls(Tls.IMPLICIT, TrustSettings.of(Certificates.GOOD.trust()));
    try (Sender sender = Sender.to(server)) {
      assertEquals(Phase.CONNECTING, sender.send(NotSent.class, "ana@x.test").phase());
    } finally {
      Sender.join(vertx.close());
    }
  }

  private static Sink startTls(Certificates certificate) {
    return Sink.start(new SinkOptions().server(server -> server.startTls(certificate.key())));
  }

  private static Sink implicit(Certificates certificate) {
    return Sink.start(new SinkOptions().server(server -> server.implicitTls(certificate.key())));
  }

  private static Sender sender(Sink sink, Tls tls, Certificates trusted) {
    return Sender.to(Sender.server(sink).withTls(tls, TrustSettings.of(trusted.trust())));
  }
}
