package dev.postrider.smtpserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtpserver.MessageListener.Reply;
import dev.postrider.support.PlainSocket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmtpReceiverTest {

  private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";

  private final ReceiverFixture server = new ReceiverFixture();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void receives_a_message_command_by_command_as_swaks_sends_it() {
    PlainSocket client = server.connect();
    assertEquals(
        String.join(
            "\n",
            "250-localhost",
            "250-PIPELINING",
            "250-CHUNKING",
            "250-8BITMIME",
            "250-SMTPUTF8",
            "250-ENHANCEDSTATUSCODES",
            "250 SIZE 100"),
        client.ask("EHLO me.test").replace("\r", ""));
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<a@x.test>"));
    assertEquals("250 2.1.5 Ok", client.ask("RCPT TO:<b@y.test>"));
    assertEquals("250 2.1.5 Ok", client.ask("rcpt to:<c@y.test>"));
    assertEquals("354 End with <CRLF>.<CRLF>", client.ask("DATA"));
    assertEquals("250 2.0.0 Ok", client.ask("Subject: x\r\n\r\nThis is a test\r\n\r\n\r\n."));
    assertEquals("221 2.0.0 Bye", client.ask("QUIT"));
    assertEquals(-1, client.nextByte());
    ReceivedMessage message = server.next();
    assertEquals("a@x.test", message.sender());
    assertEquals(List.of("b@y.test", "c@y.test"), message.recipients());
    assertEquals("Subject: x\r\n\r\nThis is a test\r\n\r\n\r\n", ReceiverFixture.text(message));
  }

  @Test
  void replies_to_pipelined_commands_in_their_order() {
    PlainSocket client = server.greeted();
    client.write(
        ENVELOPE + "DATA\r\nx\r\n.\r\nRSET\r\nBOO\r\n" + ENVELOPE + "BDAT 1 LAST\r\nyQUIT\r\n");
    for (String code : List.of("250", "250", "354", "250", "250", "500", "250", "250", "250")) {
      assertEquals(code, client.reply().substring(0, 3));
    }
    assertEquals("221 2.0.0 Bye", client.reply());
    assertEquals(List.of("x\r\n", "y"), server.contents());
  }

  @Test
  void refuses_commands_out_of_order_and_goes_on() {
    PlainSocket client = server.connect();
    assertEquals("503 5.5.1 EHLO first", client.ask("MAIL FROM:<a@x.test>"));
    assertEquals("501 5.5.4 A name is required", client.ask("EHLO"));
    assertEquals("250 localhost", client.ask("HELO me.test"));
    assertEquals("503 5.5.1 MAIL first", client.ask("RCPT TO:<b@y.test>"));
    assertEquals("503 5.5.1 MAIL first", client.ask("DATA"));
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<>"));
    assertEquals("503 5.5.1 The sender is already given", client.ask("MAIL FROM:<a@x.test>"));
    assertEquals("554 5.5.1 No valid recipients", client.ask("DATA"));
    assertEquals("250 2.0.0 Ok", client.ask("RSET"));
    assertEquals("503 5.5.1 MAIL first", client.ask("RCPT TO:<b@y.test>"));
    assertEquals("252", client.ask("VRFY b").substring(0, 3));
    assertEquals("250 2.0.0 Ok", client.ask("NOOP whatever"));
    assertEquals("502 5.5.1 Not supported", client.ask("STARTTLS"));
    assertEquals("502 5.5.1 Not supported", client.ask("AUTH PLAIN AGEAYg=="));
    assertEquals("500 5.5.1 Unknown command", client.ask("GET / HTTP/1.1"));
    assertEquals("500 5.5.1 Unknown command", client.ask(""));
  }

  @Test
  void refuses_wrong_paths_and_parameters() {
    PlainSocket client = server.greeted();
    assertEquals("501 5.5.4 Syntax: MAIL FROM:<address>", client.ask("MAIL FROM:a@x.test"));
    assertEquals("555 5.5.4 Unknown parameter", client.ask("MAIL FROM:<a@x.test> RET=FULL"));
    assertEquals("553 5.6.7 SMTPUTF8 is required", client.ask("MAIL FROM:<\u00e4@x.test>"));
    client.ask("MAIL FROM:<a@x.test> BODY=8BITMIME SIZE=5");
    assertEquals("501 5.5.4 Syntax: RCPT TO:<address>", client.ask("RCPT TO:<>"));
    assertEquals("555 5.5.4 Unknown parameter", client.ask("RCPT TO:<b@y.test> NOTIFY=NEVER"));
    assertEquals("553 5.6.7 SMTPUTF8 is required", client.ask("RCPT TO:<\u65e5@y.test>"));
  }

  @Test
  void keeps_the_characters_of_utf8_addresses_and_of_quoted_ones() {
    PlainSocket client = server.greeted();
    client.ask("MAIL FROM:<\u00e4@x.test> SMTPUTF8");
    client.ask("RCPT TO:<\u65e5@y.test>");
    client.ask("RCPT TO:<\"b c\"@y.test>");
    client.ask("RCPT TO:<\"b\\\" c\"@y.test>");
    client.ask("DATA");
    client.ask("\u00fc\r\n.");
    ReceivedMessage message = server.next();
    assertEquals("\u00e4@x.test", message.sender());
    assertEquals(
        List.of("\u65e5@y.test", "\"b c\"@y.test", "\"b\\\" c\"@y.test"), message.recipients());
    assertEquals("\u00fc\r\n", ReceiverFixture.text(message));
  }

  @Test
  void bounds_a_command_line_and_goes_on_after_one_that_is_too_long() {
    PlainSocket client = server.greeted();
    String padding = "x".repeat(CommandLines.LINE_MAX - "NOOP \r\n".length());
    assertEquals("250 2.0.0 Ok", client.ask("NOOP " + padding));
    assertEquals("500 5.5.2 Line too long", client.ask("NOOP x" + padding));
    assertEquals("500 5.5.2 Line too long", client.ask("x".repeat(1_000_000)));
    assertEquals("250 2.0.0 Ok", client.ask("NOOP"));
    assertEquals("500 5.5.2 A line ends with CRLF", client.write("NOOP\n").reply());
    assertEquals("500 5.5.2 A line ends with CRLF", client.write("\n").reply());
    assertEquals("250 2.0.0 Ok", client.ask("NOOP"));
  }

  @Test
  void bounds_the_recipients() {
    PlainSocket client = server.greeted();
    client.ask("MAIL FROM:<a@x.test>");
    for (int number = 0; number < 1_000; number++) {
      assertEquals("250 2.1.5 Ok", client.ask("RCPT TO:<b" + number + "@y.test>"));
    }
    assertEquals("452 4.5.3 Too many recipients", client.ask("RCPT TO:<c@y.test>"));
  }

  @Test
  void takes_messages_of_several_connections_at_once() {
    List<PlainSocket> clients = IntStream.range(0, 20).mapToObj(i -> server.greeted()).toList();
    clients.forEach(client -> client.ask("MAIL FROM:<a@x.test>"));
    clients.forEach(client -> client.ask("RCPT TO:<b@y.test>"));
    clients.forEach(client -> client.ask("DATA"));
    clients.forEach(client -> client.write("x"));
    clients.forEach(client -> assertEquals("250 2.0.0 Ok", client.ask("y\r\n.")));
    assertEquals(List.of("xy\r\n"), server.contents().stream().distinct().toList());
  }

  @Test
  void lets_the_next_commands_wait_for_a_late_reply_and_serves_others_meanwhile() {
    CompletableFuture<Promise<Reply>> pending = new CompletableFuture<>();
    MessageListener late =
        message -> {
          Promise<Reply> promise = Promise.promise();
          pending.complete(promise);
          return promise.future();
        };
    SmtpReceiver slow = server.start(late);
    PlainSocket client = ReceiverFixture.greeted(slow);
    client.write(ENVELOPE + "DATA\r\nx\r\n.\r\nNOOP\r\n").reply();
    client.reply();
    client.reply();
    Promise<Reply> promise = pending.orTimeout(10, TimeUnit.SECONDS).join();
    client.write("VRFY b\r\n");
    assertEquals("250 2.0.0 Ok", ReceiverFixture.greeted(slow).ask("NOOP"));
    promise.complete(new Reply(450, "4.2.1 Later"));
    assertEquals("450 4.2.1 Later", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals("252", client.reply().substring(0, 3));
  }

  @Test
  void tells_the_client_to_try_again_if_the_listener_fails() {
    MessageListener failing =
        message -> {
          if (message.content().length > 3) {
            throw new IllegalStateException("planned");
          }
          return Future.failedFuture("planned");
        };
    PlainSocket client = ReceiverFixture.greeted(server.start(failing));
    for (String content : List.of("x", "longer")) {
      client.write(ENVELOPE + "DATA\r\n" + content + "\r\n.\r\n");
      client.reply();
      client.reply();
      client.reply();
      assertEquals("451 4.3.0 Local error, try again later", client.reply());
    }
  }

  @Test
  void executes_no_more_commands_of_a_client_that_reads_no_replies() throws Exception {
    PlainSocket client = server.greeted();
    int commands = 300_000;
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(() -> client.write("NOOP\r\n".repeat(commands)));
    server.sync();
    for (int i = 0; i < commands; i++) {
      assertEquals("250 2.0.0 Ok", client.line());
    }
    written.get(10, TimeUnit.SECONDS);
  }

  @Test
  void puts_the_code_before_each_line_of_a_reply() {
    assertEquals("250 a\r\n", new Reply(250, "a").lines());
    assertEquals("250-a\r\n250 b\r\n", new Reply(250, "a\nb").lines());
    assertEquals("550-a\r\n550-b\r\n550 c\r\n", new Reply(550, "a\nb\nc").lines());
    assertTrue(new Reply(250, "a").isPositive());
  }
}
