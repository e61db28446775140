package dev.postrider.support.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Certificates;
import dev.postrider.support.PlainSocket;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.ProtocolViolation;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SinkTlsTest {

  private static final Certificates CERTIFICATES = new Certificates();

  @AfterAll
  static void remove() {
    CERTIFICATES.close();
  }

  @Test
  void encrypts_after_starttls_and_forgets_what_was_before() throws Exception {
    try (Sink sink = startTls(CERTIFICATES.good())) {
      PlainSocket plain = PlainSocket.greeted(sink.port());
      assertTrue(plain.ask("EHLO me").contains("STARTTLS"));
      assertEquals("220 2.0.0 Ready to start TLS", plain.ask("STARTTLS"));
      PlainSocket client = new PlainSocket(shake(plain.socket()));
      assertEquals("503 5.5.1 EHLO first", client.ask("MAIL FROM:<a@x.test>"));
      assertFalse(client.ask("EHLO me").contains("STARTTLS"));
      assertEquals("503 5.5.1 TLS is active", client.ask("STARTTLS"));
      client.write("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nBDAT 3 LAST\r\nx\r\n");
      assertTrue(sink.await(1, Duration.ofSeconds(10)).get(0).tls());
    }
  }

  @Test
  void takes_one_handshake_after_the_other_without_losing_one() throws Exception {
    try (Sink sink = startTls(CERTIFICATES.good())) {
      for (int i = 0; i < 60; i++) {
        try (PlainSocket plain = PlainSocket.greeted(sink.port())) {
          plain.ask("EHLO me");
          plain.ask("STARTTLS");
          assertTrue(new PlainSocket(shake(plain.socket())).ask("NOOP").startsWith("250"));
        }
      }
    }
  }

  @Test
  void speaks_tls_from_the_first_byte() throws Exception {
    KeyCertOptions good = CERTIFICATES.good();
    SinkOptions options = new SinkOptions().server(server -> server.implicitTls(good));
    try (Sink sink = Sink.start(options)) {
      Socket socket = PlainSocket.connect(sink.port()).socket();
      PlainSocket client = new PlainSocket(shake(socket));
      assertTrue(client.reply().startsWith("220"));
      assertFalse(client.ask("EHLO me").contains("STARTTLS"));
    }
  }

  @Test
  void has_certificates_that_no_careful_client_accepts() throws Exception {
    for (KeyCertOptions bad :
        new KeyCertOptions[] {
          CERTIFICATES.expired(), CERTIFICATES.wrongName(), CERTIFICATES.selfSigned()
        }) {
      try (Sink sink = startTls(bad)) {
        PlainSocket plain = PlainSocket.greeted(sink.port());
        plain.ask("EHLO me");
        plain.ask("STARTTLS");
        assertThrows(SSLException.class, () -> shake(plain.socket()));
      }
    }
  }

  @Test
  void strips_refuses_or_poisons_starttls() throws Exception {
    KeyCertOptions good = CERTIFICATES.good();
    try (Sink stripped =
            Sink.start(
                new SinkOptions()
                    .server(server -> server.startTls(good).without(Extension.STARTTLS)));
        Sink refused = Sink.start(tls(good).refusesStartTls());
        Sink poisoned = Sink.start(tls(good).injectsAfterStartTls("250 2.0.0 Injected"))) {
      assertFalse(PlainSocket.greeted(stripped.port()).ask("EHLO me").contains("STARTTLS"));
      assertEquals(
          "454 4.7.0 TLS is not available", PlainSocket.greeted(refused.port()).ask("STARTTLS"));
      PlainSocket client = PlainSocket.greeted(poisoned.port());
      assertTrue(client.ask("STARTTLS").startsWith("220"));
      assertEquals("250 2.0.0 Injected", client.reply());
    }
  }

  @Test
  void drops_and_counts_plaintext_behind_starttls() throws Exception {
    try (Sink sink = startTls(CERTIFICATES.good())) {
      PlainSocket plain = PlainSocket.greeted(sink.port());
      plain.ask("EHLO me");
      plain.write("STARTTLS\r\nNOOP\r\n").reply();
      PlainSocket client = new PlainSocket(shake(plain.socket()));
      assertTrue(client.ask("VRFY x").startsWith("252"));
      assertEquals(
          Map.of(ProtocolViolation.PLAINTEXT_AFTER_STARTTLS, 1L), sink.counters().violations());
    }
  }

  @Test
  void fails_every_authentication_if_told_so() {
    SinkOptions options = new SinkOptions().server(server -> server.account("u", "p"));
    options.failsAuthentication("454 4.7.0 Temporary authentication failure");
    try (Sink sink = Sink.start(options)) {
      PlainSocket client = PlainSocket.greeted(sink.port());
      client.ask("EHLO me");
      assertTrue(client.ask("AUTH PLAIN AHUAcA==").startsWith("454"));
      assertTrue(client.ask("AUTH LOGIN").startsWith("454"));
      assertEquals("250 2.0.0 Ok", client.ask("NOOP"));
    }
  }

  private static Sink startTls(KeyCertOptions certificate) {
    return Sink.start(tls(certificate));
  }

  private static SinkOptions tls(KeyCertOptions certificate) {
    return new SinkOptions().server(server -> server.startTls(certificate));
  }

  /** A careful client: it trusts the authority alone and checks the name. */
  private static SSLSocket shake(Socket socket) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(CERTIFICATES.trustFile())) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return shake(context, socket);
  }

  private static SSLSocket shake(SSLContext context, Socket socket) throws IOException {
    SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 25, true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }
}
