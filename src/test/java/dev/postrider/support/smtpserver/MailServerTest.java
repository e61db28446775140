package dev.postrider.support.smtpserver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailServerTest {

  private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";

  private final ServerFixture server = new ServerFixture();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void takes_a_mail_command_by_command() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions());
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<a@x.test> SIZE=10 BODY=8BITMIME"));
    assertEquals("250 2.1.5 Ok", client.ask("RCPT TO:<b@y.test>"));
    assertEquals("250 2.1.5 Ok", client.ask("rcpt to:<c@y.test>"));
    assertTrue(client.ask("DATA").startsWith("354 "));
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.ask("Hello\r\n..dot\r\n."));

    Received mail = server.next();
    assertEquals("a@x.test", mail.sender());
    assertEquals(List.of("SIZE=10", "BODY=8BITMIME"), mail.receivedEnvelope().parameters());
    assertEquals(List.of("b@y.test", "c@y.test"), mail.recipients());
    assertEquals("Hello\r\n.dot\r\n", text(mail.message()));
    assertEquals("Hello\r\n..dot\r\n.\r\n", text(mail.wire()));
    assertEquals("221 2.0.0 Bye", client.ask("QUIT"));
    assertEquals(-1, client.nextByte());
    assertEquals(Map.of(), server.counters().violations());
  }

  @Test
  void answers_a_pipelined_group_in_order_and_at_once() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions());
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
    assertEquals("x\r\n", text(server.next().message()));
    assertEquals("y\r\n", text(server.next().message()));
  }

  @Test
  void takes_chunks_by_their_size_whatever_is_in_them() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions());
    client.write(ENVELOPE + "BDAT 10\r\n.\r\n.\r\nQUITBDAT 6 LAST\r\n.end\r\n");
    client.reply();
    client.reply();
    assertEquals("250 2.0.0 10 bytes received", client.reply());
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.reply());
    Received mail = server.next();
    assertEquals(".\r\n.\r\nQUIT.end\r\n", text(mail.message()));
    assertArrayEquals(mail.wire(), mail.message());
    assertTrue(mail.link().chunked());
  }

  @Test
  void reads_a_chunk_without_recipients() {
    PlainSocket client = server.greeted(new MailServerOptions());
    client.write("BDAT 7 LAST\r\nDATA\r\nxRSET\r\n");
    assertEquals("554 5.5.1 No valid recipients", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals(0, server.counters().mails());
  }

  @Test
  void finds_the_final_dot_however_the_bytes_are_cut() throws Exception {
    String content = ".\r\r\n..\r\n.x\r\n\r\n.\r\n";
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    for (int cut = 1; cut < bytes.length; cut++) {
      MessageContent whole = new MessageContent(true, true);
      assertEquals(cut, whole.take(bytes, 0, cut), "cut at " + cut);
      assertEquals(bytes.length, whole.take(bytes, cut, bytes.length));
      assertTrue(whole.ended());
      assertEquals("\r\r\n.\r\nx\r\n\r\n", text(MessageContent.unstuffed(whole.wire())));
    }
  }

  @Test
  void answers_the_same_however_the_bytes_are_cut() throws Exception {
    String group = ENVELOPE + "BDAT 3\r\na\r\nBDAT 3 LAST\r\nb\r\nRSET\r\n" + ENVELOPE + "DATA\r\n";
    String content = "..c\r\n.\r\nQUIT\r\n";
    PlainSocket whole = server.greeted(new MailServerOptions());
    PlainSocket cut = PlainSocket.greeted(server.port());
    cut.ask("EHLO me.test");
    for (String part : List.of(group, content)) {
      whole.write(part);
      part.chars().forEach(next -> cut.write(Character.toString(next)));
      long replies = part.equals(group) ? 8 : 2;
      for (int i = 0; i < replies; i++) {
        assertEquals(whole.reply().replaceFirst("as 1", "as 2"), cut.reply());
      }
    }
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      messages.add(text(server.next().message()));
    }
    Collections.sort(messages);
    assertEquals(List.of(".c\r\n", ".c\r\n", "a\r\nb\r\n", "a\r\nb\r\n"), messages);
    assertEquals(Map.of(), server.counters().violations());
  }

  @Test
  void reads_content_that_came_too_early_in_the_group_of_data() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions());
    client.write(ENVELOPE + "DATA\r\nx\r\n.\r\nNOOP\r\n");
    for (String start : List.of("250", "250", "354", "250 2.0.0 Ok: queued", "250 2.0.0 Ok")) {
      assertTrue(client.reply().startsWith(start));
    }
    assertEquals("x\r\n", text(server.next().message()));
    assertEquals(Map.of(ProtocolViolation.EARLY_CONTENT, 1L), server.counters().violations());
  }

  @Test
  void takes_an_empty_mail() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions());
    client.write(ENVELOPE + "DATA\r\n");
    client.reply();
    client.reply();
    client.reply();
    assertEquals("250 2.0.0 Ok: queued as 1-1", client.ask("."));
    assertEquals(0, server.next().message().length);
  }

  @Test
  void hands_a_mail_over_before_it_replies() throws Exception {
    AnswerScript mute =
        (command, dialogue, usual) -> command.verb() == Verb.DOT ? Answer.acceptAndDrop() : usual;
    PlainSocket client = server.greeted(new MailServerOptions(), mute);
    client.write(ENVELOPE + "DATA\r\n");
    client.reply();
    client.reply();
    client.reply();
    client.write("x\r\n.\r\n");
    assertEquals(-1, client.nextByte());
    assertEquals("x\r\n", text(server.next().message()));
  }

  @Test
  void keeps_the_bytes_of_utf8_addresses() throws Exception {
    PlainSocket client = server.greeted(new MailServerOptions());
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<\u00e4@x.test> SMTPUTF8"));
    client.ask("RCPT TO:<\u65e5@y.test>");
    client.ask("DATA");
    client.ask("x\r\n.");
    assertEquals(List.of("\u65e5@y.test"), server.next().recipients());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
