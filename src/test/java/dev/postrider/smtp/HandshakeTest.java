package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.MailServerOptions;
import dev.postrider.support.smtpserver.Verb;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HandshakeTest {

  private static final Timeouts SHORT = Timeouts.all(Duration.ofMillis(400));

  @Test
  void knows_helo_where_ehlo_is_unknown() {
    try (Sink sink = Sink.start(new SinkOptions().knowsOnlyHelo());
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
      sender.send(Accepted.class, "bob@x.test");
      sink.assertWireClean();
    }
  }

  @Test
  void no_server_listens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Sender sender = Sender.to(Sender.server(port))) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertEquals(Phase.CONNECTING, notSent.phase());
      assertTrue(notSent.cause().contains("127.0.0.1"), notSent.cause());
    }
  }

  /** A full accept queue: the kernel drops the SYN, as a firewall would. */
  @Test
  void no_server_answers() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1)) {
      List<Socket> queued = new ArrayList<>();
      TestServer server = Sender.server(full.getLocalPort()).withTimeouts(SHORT);
      try (Sender sender = Sender.to(server)) {
        fill(full, queued);
        assertEquals(Phase.CONNECTING, sender.send(NotSent.class, "ana@x.test").phase());
      } finally {
        for (Socket socket : queued) {
          socket.close();
        }
      }
    }
  }

  /** Connects until the server takes no more. */
  static void fill(ServerSocket full, List<Socket> queued) {
    try {
      for (int i = 0; i < 10; i++) {
        Socket socket = new Socket();
        queued.add(socket);
        socket.connect(full.getLocalSocketAddress(), 200);
      }
    } catch (IOException timeout) {
      return; // the queue is full
    }
    Assumptions.abort("this kernel's accept queue does not fill");
  }

  @Test
  void the_server_hangs_up_before_its_greeting() {
    try (Sink sink = Sink.start(new SinkOptions().dropsBeforeGreeting());
        Sender sender = Sender.to(sink)) {
      assertEquals(Phase.GREETING, sender.send(NotSent.class, "ana@x.test").phase());
    }
  }

  @Test
  void the_server_never_greets() {
    try (Sink sink = Sink.start(new SinkOptions().neverGreets());
        Sender sender = Sender.to(Sender.server(sink).withTimeouts(SHORT))) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertEquals(Phase.GREETING, notSent.phase());
      assertEquals("no reply to the connection in time", notSent.cause());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"554 5.3.2 No service here", "421 4.7.0 Too many connections", "450 4.7.1 Later"})
  void the_server_greets_with_a_refusal(String greeting) {
    try (Sink sink =
            Sink.start(new SinkOptions().always(Verb.CONNECT, Answer.sayAndClose(greeting)));
        Sender sender = Sender.to(sink)) {
      Refused refused = sender.send(Refused.class, "ana@x.test");
      assertEquals(Phase.GREETING, refused.phase());
      assertEquals("CONNECT", refused.command());
      assertEquals(greeting, refused.reply().text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n", "354 Go on\r\n", "220 a\r\n250 b\r\n"})
  void the_server_greets_with_something_else(String greeting) {
    try (Sink sink = Sink.start(new SinkOptions().always(Verb.CONNECT, Answer.raw(greeting)));
        Sender sender = Sender.to(sink)) {
      assertEquals(Phase.GREETING, sender.send(NotSent.class, "ana@x.test").phase());
    }
  }

  @Test
  void a_greeting_of_several_lines_is_a_greeting() {
    SinkOptions options =
        new SinkOptions().always(Verb.CONNECT, Answer.raw("220-mail.test\r\n220-Hello\r\n220\r\n"));
    try (Sink sink = Sink.start(options);
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"421 4.3.2 Going down", "451 4.3.0 Later"})
  void a_transient_refusal_of_ehlo_is_no_reason_for_helo(String reply) {
    try (Sink sink = Sink.start(new SinkOptions().always(Verb.EHLO, Answer.sayAndClose(reply)));
        Sender sender = Sender.to(sink)) {
      Refused refused = sender.send(Refused.class, "ana@x.test");
      assertEquals("EHLO", refused.command());
      assertEquals(reply, refused.reply().text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void replies_may_come_byte_by_byte(MailServerOptions.Writing writing) {
    try (Sink sink = Sink.start(new SinkOptions().server(server -> server.writing(writing)));
        Sender sender = Sender.to(sink)) {
      for (int i = 0; i < 20; i++) {
        sender.send(Accepted.class, "ana@x.test", "550-rcpt@x.test");
      }
      assertEquals(1, sink.counters().connections());
      sink.assertWireClean();
    }
  }

  @Test
  void a_host_name_is_resolved() {
    try (Sink sink = Sink.start();
        Sender sender =
            Sender.to(
                TestServer.at("localhost", sink.port())
                    .withTls(Tls.NONE, TestServer.SYSTEM_TRUST))) {
      sender.send(Accepted.class, "ana@x.test");
    }
  }
}
