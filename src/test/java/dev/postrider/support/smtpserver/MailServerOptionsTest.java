package dev.postrider.support.smtpserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailServerOptionsTest {

  private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";

  private final ServerFixture server = new ServerFixture();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void offers_what_it_is_configured_for() {
    PlainSocket all = server.connect(new MailServerOptions().account("u", "p").sizeMax(1000));
    assertEquals(
        List.of(
            "250-localhost",
            "250-PIPELINING",
            "250-CHUNKING",
            "250-8BITMIME",
            "250-SMTPUTF8",
            "250-SIZE 1000",
            "250-ENHANCEDSTATUSCODES",
            "250 AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER"),
        all.ask("EHLO me").lines().toList());

    PlainSocket none = server.connect(new MailServerOptions().without(Extension.values()));
    assertEquals("250 localhost", none.ask("EHLO me"));
    assertEquals("501 5.5.4 Syntax: BDAT size [LAST]", none.ask("BDAT 5 LAST"));
    assertEquals("555 5.5.4 Unknown parameter", none.ask("MAIL FROM:<a@x.test> SIZE=5"));
  }

  @Test
  void only_counts_if_that_is_all_that_is_wanted() {
    PlainSocket client = server.greeted(new MailServerOptions().keep(MailServerOptions.Keep.COUNT));
    client.write(ENVELOPE + "BDAT 4 LAST\r\nxy\r\n");
    client.reply();
    client.reply();
    client.reply();
    assertEquals(1, server.counters().mails());
    assertEquals(4, server.counters().bytes());
    assertTrue(server.inbox().isEmpty());
  }

  @Test
  void turns_away_one_connection_too_many() {
    PlainSocket first = server.connect(new MailServerOptions().connectionsMax(1));
    PlainSocket second = PlainSocket.connect(server.port());
    assertTrue(second.reply().startsWith("421 4.7.0 "));
    assertEquals(-1, second.nextByte());
    assertEquals("250 2.0.0 Ok", first.ask("NOOP"));
  }

  @Test
  void hangs_up_on_an_idle_client_with_a_word() {
    PlainSocket client = server.connect(new MailServerOptions().idleMax(Duration.ofMillis(50)));
    assertTrue(client.reply().startsWith("421 4.4.2 "));
    assertEquals(-1, client.nextByte());
  }

  @Test
  void replies_byte_by_byte_in_order() {
    PlainSocket client =
        server.greeted(new MailServerOptions().writing(MailServerOptions.Writing.BYTE_BY_BYTE));
    client.write("NOOP\r\nNOOP\r\n" + ENVELOPE + "QUIT\r\n");
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals("250 2.1.0 Ok", client.reply());
    assertEquals("250 2.1.5 Ok", client.reply());
    assertEquals("221 2.0.0 Bye", client.reply());
    assertEquals(-1, client.nextByte());
  }

  @Test
  void tells_who_has_authenticated() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions().account("u", "p").authRequired());
    assertEquals("530 5.7.0 Authentication required", client.ask("MAIL FROM:<a@x.test>"));
    assertEquals("235 2.7.0 Welcome", client.ask("AUTH PLAIN AHUAcA=="));
    client.write(ENVELOPE + "BDAT 3 LAST\r\nx\r\n");
    assertEquals(Optional.of("u"), server.next().authenticatedAs());
  }

  @Test
  void counts_every_fault_of_a_client() {
    PlainSocket client = server.greeted(new MailServerOptions().without(Extension.PIPELINING));
    client.write("NOOP\n").reply();
    client.write("NO\rOP\r\n").reply();
    client.write("NOOP\r\nNOOP\r\n").reply();
    client.reply();
    client.ask("MAIL FROM:<a@x.test>");
    client.ask("RCPT TO:<b@y.test>");
    client.write("DATA\r\nearly\r\n").reply();
    client.ask("lf\ncr\rnul\0eight\u00e4\r\n" + "x".repeat(999) + "\r\n.");
    client.write("MAIL FROM:<a@x.test>\r\n").reply();
    client.ask("RCPT TO:<b@y.test>");
    client.write("BDAT 4 LAST\r\nopen").reply();
    assertEquals(
        Map.of(
            ProtocolViolation.BARE_LF, 2L,
            ProtocolViolation.BARE_CR, 2L,
            ProtocolViolation.UNINVITED_PIPELINING, 1L,
            ProtocolViolation.EARLY_CONTENT, 1L,
            ProtocolViolation.NUL, 1L,
            ProtocolViolation.EIGHT_BIT, 1L,
            ProtocolViolation.LONG_LINE, 1L,
            ProtocolViolation.OPEN_LAST_LINE, 1L),
        server.counters().violations());
  }

  @Test
  void refuses_wrong_order_wrong_syntax_and_what_is_too_large() {
    PlainSocket client = server.connect(new MailServerOptions().sizeMax(20));
    assertEquals("503 5.5.1 EHLO first", client.ask("MAIL FROM:<a@x.test>"));
    client.ask("HELO me");
    assertEquals("503 5.5.1 MAIL first", client.ask("RCPT TO:<b@y.test>"));
    assertEquals("501 5.5.4 Syntax: MAIL FROM:<address>", client.ask("MAIL FROM: <a@x.test>"));
    assertEquals("552 5.3.4 Too large", client.ask("MAIL FROM:<a@x.test> SIZE=21"));
    assertEquals("553 5.6.7 SMTPUTF8 is needed", client.ask("MAIL FROM:<\u00e4@x.test>"));
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<>"));
    assertEquals("503 5.5.1 Sender already given", client.ask("MAIL FROM:<>"));
    assertEquals("554 5.5.1 No valid recipients", client.ask("DATA"));
    assertEquals("501 5.5.4 Syntax: RCPT TO:<address>", client.ask("RCPT TO:<>"));
    client.ask("RCPT TO:<b@y.test>");
    client.ask("DATA");
    assertEquals("552 5.3.4 Too large", client.ask("more than twenty bytes\r\n."));
    assertEquals("500 5.5.1 Unknown command", client.ask("HELLO"));
    assertEquals(0, server.counters().mails());
  }
}
