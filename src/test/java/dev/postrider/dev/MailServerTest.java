package dev.postrider.dev;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailServerTest {

  private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
  private MailServer server;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void takes_a_mail_command_by_command() throws Exception {
    PlainSocket client = greeted(new MailServerOptions());
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<a@x.test> SIZE=10 BODY=8BITMIME"));
    assertEquals("250 2.1.5 Ok", client.ask("RCPT TO:<b@y.test>"));
    assertEquals("250 2.1.5 Ok", client.ask("rcpt to:<c@y.test>"));
    assertTrue(client.ask("DATA").startsWith("354 "));
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.ask("Hello\r\n..dot\r\n."));

    Received mail = next();
    assertEquals("a@x.test", mail.sender());
    assertEquals(List.of("SIZE=10", "BODY=8BITMIME"), mail.envelope().parameters());
    assertEquals(List.of("b@y.test", "c@y.test"), mail.recipients());
    assertEquals("Hello\r\n.dot\r\n", text(mail.message()));
    assertEquals("Hello\r\n..dot\r\n.\r\n", text(mail.wire()));
    assertEquals("221 2.0.0 Bye", client.ask("QUIT"));
    assertEquals(-1, client.octet());
    assertEquals(Map.of(), server.tally().faults());
  }

  @Test
  void offers_what_it_is_configured_for() {
    PlainSocket all = connect(new MailServerOptions().account("u", "p").sizeMax(1000));
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

    PlainSocket none = connect(new MailServerOptions().without(Extension.values()));
    assertEquals("250 localhost", none.ask("EHLO me"));
    assertEquals("501 5.5.4 Syntax: BDAT size [LAST]", none.ask("BDAT 5 LAST"));
    assertEquals("555 5.5.4 Unknown parameter", none.ask("MAIL FROM:<a@x.test> SIZE=5"));
  }

  @Test
  void answers_a_pipelined_group_in_order_and_at_once() throws Exception {
    PlainSocket client = greeted(new MailServerOptions());
    client.write(ENVELOPE + "DATA\r\n");
    assertEquals("250 2.1.0 Ok", client.reply());
    assertEquals("250 2.1.5 Ok", client.reply());
    assertTrue(client.reply().startsWith("354"));
    client.write("x\r\n.\r\nRSET\r\n" + ENVELOPE + "DATA\r\n");
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    client.reply();
    client.reply();
    assertTrue(client.reply().startsWith("354"));
    assertEquals("250 2.0.0 Ok: queued as 1-2", client.ask("y\r\n."));
    assertEquals("x\r\n", text(next().message()));
    assertEquals("y\r\n", text(next().message()));
  }

  @Test
  void takes_chunks_by_their_size_whatever_is_in_them() throws Exception {
    PlainSocket client = greeted(new MailServerOptions());
    client.write(ENVELOPE + "BDAT 10\r\n.\r\n.\r\nQUITBDAT 6 LAST\r\n.end\r\n");
    client.reply();
    client.reply();
    assertEquals("250 2.0.0 10 octets received", client.reply());
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.reply());
    Received mail = next();
    assertEquals(".\r\n.\r\nQUIT.end\r\n", text(mail.message()));
    assertArrayEquals(mail.wire(), mail.message());
    assertTrue(mail.link().chunked());
  }

  @Test
  void reads_a_chunk_that_nobody_is_going_to_receive() {
    PlainSocket client = greeted(new MailServerOptions());
    client.write("BDAT 7 LAST\r\nDATA\r\nxRSET\r\n");
    assertEquals("554 5.5.1 No valid recipients", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals(0, server.tally().mails());
  }

  @Test
  void finds_the_final_dot_however_the_octets_are_cut() throws Exception {
    String content = ".\r\r\n..\r\n.x\r\n\r\n.\r\n";
    byte[] octets = content.getBytes(StandardCharsets.US_ASCII);
    for (int cut = 1; cut < octets.length; cut++) {
      Content whole = new Content(true, true);
      assertEquals(cut, whole.take(octets, 0, cut), "cut at " + cut);
      assertEquals(octets.length, whole.take(octets, cut, octets.length));
      assertTrue(whole.ended());
      assertEquals("\r\r\n.\r\nx\r\n\r\n", text(Content.unstuffed(whole.wire())));
    }
  }

  @Test
  void answers_the_same_however_the_octets_are_cut() throws Exception {
    String group = ENVELOPE + "BDAT 3\r\na\r\nBDAT 3 LAST\r\nb\r\nRSET\r\n" + ENVELOPE + "DATA\r\n";
    String content = "..c\r\n.\r\nQUIT\r\n";
    PlainSocket whole = greeted(new MailServerOptions());
    PlainSocket cut = PlainSocket.greeted(server.port());
    cut.ask("EHLO me.test");
    for (String part : List.of(group, content)) {
      whole.write(part);
      part.chars().forEach(octet -> cut.write(Character.toString(octet)));
      long replies = part.equals(group) ? 8 : 2;
      for (int i = 0; i < replies; i++) {
        assertEquals(whole.reply().replaceFirst("as 1", "as 2"), cut.reply());
      }
    }
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      messages.add(text(next().message()));
    }
    Collections.sort(messages);
    assertEquals(List.of(".c\r\n", ".c\r\n", "a\r\nb\r\n", "a\r\nb\r\n"), messages);
    assertEquals(Map.of(), server.tally().faults());
  }

  @Test
  void reads_content_that_came_too_early_in_the_group_of_data() throws Exception {
    PlainSocket client = greeted(new MailServerOptions());
    client.write(ENVELOPE + "DATA\r\nx\r\n.\r\nNOOP\r\n");
    for (String start : List.of("250", "250", "354", "250 2.0.0 Ok: queued", "250 2.0.0 Ok")) {
      assertTrue(client.reply().startsWith(start));
    }
    assertEquals("x\r\n", text(next().message()));
    assertEquals(Map.of(Fault.EARLY_CONTENT, 1L), server.tally().faults());
  }

  @Test
  void takes_an_empty_mail() throws Exception {
    PlainSocket client = greeted(new MailServerOptions());
    client.write(ENVELOPE + "DATA\r\n");
    client.reply();
    client.reply();
    client.reply();
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.ask("."));
    assertEquals(0, next().message().length);
  }

  @Test
  void counts_every_fault_of_a_client() {
    PlainSocket client = greeted(new MailServerOptions().without(Extension.PIPELINING));
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
            Fault.BARE_LF, 2L,
            Fault.BARE_CR, 2L,
            Fault.UNINVITED_PIPELINING, 1L,
            Fault.EARLY_CONTENT, 1L,
            Fault.NUL, 1L,
            Fault.EIGHT_BIT, 1L,
            Fault.LONG_LINE, 1L,
            Fault.OPEN_LAST_LINE, 1L),
        server.tally().faults());
  }

  @Test
  void refuses_wrong_order_wrong_syntax_and_what_is_too_large() {
    PlainSocket client = connect(new MailServerOptions().sizeMax(20));
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
    assertEquals("552 5.3.4 Too large", client.ask("more than twenty octets\r\n."));
    assertEquals("500 5.5.1 Unknown command", client.ask("HELLO"));
    assertEquals(0, server.tally().mails());
  }

  @Test
  void hands_a_mail_over_before_it_replies() throws Exception {
    Script mute =
        (command, dialogue, usual) -> command.verb() == Verb.DOT ? Answer.takeAndDrop() : usual;
    PlainSocket client = greeted(new MailServerOptions(), mute);
    client.write(ENVELOPE + "DATA\r\n");
    client.reply();
    client.reply();
    client.reply();
    client.write("x\r\n.\r\n");
    assertEquals(-1, client.octet());
    assertEquals("x\r\n", text(next().message()));
  }

  @Test
  void only_counts_if_that_is_all_that_is_wanted() {
    PlainSocket client = greeted(new MailServerOptions().keep(MailServerOptions.Keep.COUNT));
    client.write(ENVELOPE + "BDAT 4 LAST\r\nxy\r\n");
    client.reply();
    client.reply();
    client.reply();
    assertEquals(1, server.tally().mails());
    assertEquals(4, server.tally().octets());
    assertTrue(inbox.isEmpty());
  }

  @Test
  void keeps_the_octets_of_utf8_addresses() throws Exception {
    PlainSocket client = greeted(new MailServerOptions());
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<\u00e4@x.test> SMTPUTF8"));
    client.ask("RCPT TO:<\u65e5@y.test>");
    client.ask("DATA");
    client.ask("x\r\n.");
    assertEquals(List.of("\u65e5@y.test"), next().recipients());
  }

  @Test
  void turns_away_one_connection_too_many() {
    PlainSocket first = connect(new MailServerOptions().connectionsMax(1));
    PlainSocket second = PlainSocket.connect(server.port());
    assertTrue(second.reply().startsWith("421 4.7.0 "));
    assertEquals(-1, second.octet());
    assertEquals("250 2.0.0 Ok", first.ask("NOOP"));
  }

  @Test
  void hangs_up_on_an_idle_client_with_a_word() {
    PlainSocket client = connect(new MailServerOptions().idleMax(Duration.ofMillis(50)));
    assertTrue(client.reply().startsWith("421 4.4.2 "));
    assertEquals(-1, client.octet());
  }

  @Test
  void replies_octet_by_octet_in_order() {
    PlainSocket client =
        greeted(new MailServerOptions().writing(MailServerOptions.Writing.OCTET_BY_OCTET));
    client.write("NOOP\r\nNOOP\r\n" + ENVELOPE + "QUIT\r\n");
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals("250 2.1.0 Ok", client.reply());
    assertEquals("250 2.1.5 Ok", client.reply());
    assertEquals("221 2.0.0 Bye", client.reply());
    assertEquals(-1, client.octet());
  }

  @Test
  void tells_who_has_authenticated() throws Exception {
    PlainSocket client = greeted(new MailServerOptions().account("u", "p").authRequired());
    assertEquals("530 5.7.0 Authentication required", client.ask("MAIL FROM:<a@x.test>"));
    assertEquals("235 2.7.0 Welcome", client.ask("AUTH PLAIN AHUAcA=="));
    client.write(ENVELOPE + "BDAT 3 LAST\r\nx\r\n");
    assertEquals(Optional.of("u"), next().authenticatedAs());
  }

  private PlainSocket greeted(MailServerOptions options) {
    return greeted(options, Script.ACCEPT_ALL);
  }

  private PlainSocket greeted(MailServerOptions options, Script script) {
    PlainSocket client = connect(options, script);
    client.ask("EHLO me.test");
    return client;
  }

  private PlainSocket connect(MailServerOptions options) {
    return connect(options, Script.ACCEPT_ALL);
  }

  private PlainSocket connect(MailServerOptions options, Script script) {
    server = new MailServer(vertx, options, script, inbox::add);
    server.start().toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    return PlainSocket.greeted(server.port());
  }

  private Received next() throws InterruptedException {
    Received mail = inbox.poll(10, TimeUnit.SECONDS);
    assertTrue(mail != null, "a mail within 10 s");
    return mail;
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.US_ASCII);
  }
}
