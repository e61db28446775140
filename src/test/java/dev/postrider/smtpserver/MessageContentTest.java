package dev.postrider.smtpserver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.support.PlainSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Content over real connections: its end, dot-stuffing, chunks, size, and input in any pieces. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MessageContentTest {

  private static final String ENVELOPE = "MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\n";

  /** Ends with QUIT, so that the whole of the replies can be read. */
  private static final String DIALOGUE =
      ENVELOPE
          + "DATA\r\n..a\r\n.\rb\r\n\r.\r\n.\r\n"
          + ENVELOPE
          + "BDAT 5\r\n.\r\n.\rBDAT 0\r\nBDAT 3 LAST\r\n\nZ\n"
          + "NOOP\nboo\r\nBDAT 4 LAST\r\nQUIT"
          + ENVELOPE
          + "DATA\r\n.\r\nQUIT\r\n";

  private static final List<String> CONTENTS = List.of(".a\r\n\rb\r\n\r.\r\n", ".\r\n.\r\nZ\n", "");

  private final ReceiverFixture server = new ReceiverFixture();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void removes_dot_stuffing_and_ends_only_at_a_dot_between_line_breaks() {
    assertContent("", ".\r\n");
    assertContent("\r\n", "\r\n.\r\n");
    assertContent(".\r\n", "..\r\n.\r\n");
    assertContent("a\r\n", ".a\r\n.\r\n");
    assertContent("..\r\n", "...\r\n.\r\n");
    assertContent("a.\r\n.b\r\n", "a.\r\n..b\r\n.\r\n");
    assertContent("a\n.\nb\r\n", "a\n.\nb\r\n.\r\n");
    assertContent("a\n.\r\nb\r\n", "a\n.\r\nb\r\n.\r\n");
    assertContent("a\r.\r\n", "a\r.\r\n.\r\n");
    assertContent("\r\r\n", "\r\r\n.\r\n");
    assertContent("\r\r\n", ".\r\r\n.\r\n");
    assertContent("\r.\r\n", ".\r.\r\n.\r\n");
    assertContent("\n\r\n", ".\n\r\n.\r\n");
  }

  @Test
  void takes_chunks_by_their_size_whatever_they_contain() {
    PlainSocket client = server.greeted();
    client.write(ENVELOPE + "BDAT 10\r\n.\r\n.\r\nQUITBDAT 6 last\r\n.end\r\n");
    client.reply();
    client.reply();
    assertEquals("250 2.0.0 10 bytes received", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals(List.of(".\r\n.\r\nQUIT.end\r\n"), server.contents());
    assertEquals("501 5.5.4 Syntax: BDAT size [LAST]", client.ask("BDAT x"));
    client.write(ENVELOPE + "BDAT 0 LAST\r\n").reply();
    client.reply();
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals(List.of(""), server.contents());
  }

  @Test
  void reads_a_chunk_without_recipients_and_refuses_it() {
    PlainSocket client = server.greeted();
    client.write("BDAT 7\r\nDATA\r\nxBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n");
    assertEquals("554 5.5.1 No valid recipients", client.reply());
    assertEquals("554 5.5.1 No valid recipients", client.reply());
    assertEquals("250 2.0.0 Ok", client.reply());
    assertEquals(List.of(), server.contents());
  }

  @Test
  void mixes_no_chunks_with_DATA() {
    PlainSocket client = server.greeted();
    client.write(ENVELOPE + "BDAT 1\r\nx").reply();
    client.reply();
    client.reply();
    assertEquals("503 5.5.1 MAIL first", client.ask("DATA"));
    assertEquals("503 5.5.1 MAIL first", client.ask("RCPT TO:<c@y.test>"));
    assertEquals("250 2.0.0 Ok", client.write("BDAT 1 LAST\r\ny").reply());
    assertEquals(List.of("xy"), server.contents());
  }

  @Test
  void takes_a_message_of_the_largest_size_and_refuses_one_more_byte() {
    PlainSocket client = server.greeted();
    String line = ".".repeat(ReceiverFixture.SIZE_MAX - 2) + "\r\n";
    assertEquals("250 2.0.0 Ok", data(client, "." + line.substring(1)));
    assertEquals("250 2.0.0 Ok", data(client, "." + line), "the stuffing does not count");
    assertEquals("552 5.3.4 Message too large", data(client, ".." + line));
    assertEquals("552 5.3.4 Message too large", data(client, "x".repeat(1_000_000) + "\r\n"));
    assertEquals(List.of(99, 100), server.contents().stream().map(String::length).toList());
    assertEquals("250 2.0.0 Ok", chunks(client, "x".repeat(99), "y"));
    assertEquals("552 5.3.4 Message too large", chunks(client, "x".repeat(99), "yy"));
    assertEquals("552 5.3.4 Message too large", chunks(client, "x".repeat(101), ""));
    assertEquals(1, server.contents().size());
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<a@x.test> SIZE=100"));
    client.ask("RSET");
    assertEquals("552 5.3.4 Message too large", client.ask("MAIL FROM:<a@x.test> SIZE=101"));
  }

  @Test
  void reads_the_same_however_the_input_is_split_into_two() {
    List<String> whole = replies(List.of(DIALOGUE));
    assertEquals(CONTENTS, server.contents());
    for (int cut = 1; cut < DIALOGUE.length(); cut++) {
      List<String> split = replies(List.of(DIALOGUE.substring(0, cut), DIALOGUE.substring(cut)));
      assertEquals(whole, split, "split at " + cut);
      assertEquals(CONTENTS, server.contents(), "split at " + cut);
    }
  }

  @Test
  void reads_the_same_byte_by_byte_and_in_random_pieces() {
    List<String> whole = replies(List.of(DIALOGUE));
    server.contents();
    assertEquals(whole, replies(DIALOGUE.chars().mapToObj(Character::toString).toList()));
    assertEquals(CONTENTS, server.contents());
    Random random = new Random(5321);
    for (int round = 0; round < 100; round++) {
      assertEquals(whole, replies(pieces(random)), "round " + round);
      assertEquals(CONTENTS, server.contents(), "round " + round);
    }
  }

  private static List<String> pieces(Random random) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (from < DIALOGUE.length()) {
      int to = Math.min(DIALOGUE.length(), from + 1 + random.nextInt(30));
      pieces.add(DIALOGUE.substring(from, to));
      from = to;
    }
    return pieces;
  }

  /** All that the server says until it closes the connection. */
  private List<String> replies(List<String> pieces) {
    List<String> replies = new ArrayList<>();
    try (PlainSocket client = server.greeted()) {
      for (String piece : pieces) {
        client.write(piece);
        server.sync();
      }
      while (replies.isEmpty() || !replies.get(replies.size() - 1).startsWith("221")) {
        replies.add(client.line());
      }
      assertEquals(-1, client.nextByte());
    }
    return replies;
  }

  private void assertContent(String expected, String sent) {
    try (PlainSocket client = server.greeted()) {
      client.write(ENVELOPE + "DATA\r\n" + sent + "QUIT\r\n");
      for (String code : List.of("250", "250", "354", "250", "221")) {
        assertEquals(code, client.reply().substring(0, 3));
      }
    }
    assertEquals(List.of(expected), server.contents());
  }

  private static String data(PlainSocket client, String content) {
    client.write(ENVELOPE + "DATA\r\n" + content + ".\r\n");
    client.reply();
    client.reply();
    client.reply();
    return client.reply();
  }

  /** The last reply. */
  private static String chunks(PlainSocket client, String first, String last) {
    client.write(
        "%sBDAT %d\r\n%sBDAT %d LAST\r\n%s"
            .formatted(ENVELOPE, first.length(), first, last.length(), last));
    client.reply();
    client.reply();
    client.reply();
    return client.reply();
  }
}
