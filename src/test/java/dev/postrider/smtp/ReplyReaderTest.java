package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplyReaderTest {

  private static final long SEED = 20_261_122;
  private static final int RUNS = 20_000;

  @Test
  void reads_a_reply_of_one_line() {
    ReadReplies result = read("250 2.1.5 Ok\r\n");
    assertEquals(List.of("250 2.1.5 Ok"), result.texts());
    assertEquals(new EnhancedCode(2, 1, 5), result.replies.get(0).enhanced().orElseThrow());
  }

  @Test
  void reads_every_line_of_a_reply_and_the_code_once() {
    ReadReplies result = read("250-one\r\n250-two\r\n250 three\r\n");
    assertEquals(List.of("one", "two", "three"), result.replies.get(0).lines());
    assertEquals(250, result.replies.get(0).code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"250\r\n", "250 \r\n", "250\n", "250 \n"})
  void needs_no_text_and_takes_a_bare_line_feed(String reply) {
    assertEquals(List.of(""), read(reply).replies.get(0).lines());
  }

  @Test
  void shows_no_control_of_a_text() {
    assertEquals(List.of("250 a b c"), read("250 a\tb\u001bc\r\n").texts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n",
        "25\r\n",
        "2500 Ok\r\n",
        "250_Ok\r\n",
        "199 Ok\r\n",
        "600 Ok\r\n",
        "2 0 Ok\r\n",
        "250-one\r\n251 two\r\n",
        "250-one\r\nand so on\r\n",
        "\r\n",
        "\n",
        "-250 Ok\r\n"
      })
  void what_is_not_shaped_like_a_reply_is_a_fault(String bytes) {
    ReadReplies result = read(bytes + "250 Ok\r\n");
    assertEquals(1, result.faults.size());
    assertEquals(List.of(), result.replies);
  }

  @Test
  void a_line_without_end_is_a_fault_at_its_bound() {
    ReadReplies result = new ReadReplies();
    for (int i = 0; i < ReplyReader.LINE_MAX; i++) {
      result.read("2");
      assertEquals(0, result.faults.size());
    }
    result.read("2");
    assertEquals(1, result.faults.size());
  }

  /** What a line of three bytes or fewer has behind it is not part of it. */
  @ParameterizedTest
  @ValueSource(ints = {256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768})
  void a_short_line_is_malformed_wherever_the_buffer_ends(int bound) {
    for (int length = bound - 6; length <= bound + 2; length++) {
      for (String line : List.of("\r\n", "\n", "2\r\n", "25\r\n", "25\n", "\r\r\n")) {
        ReadReplies result = read(lines(length) + line + "220 ready\r\n");
        assertEquals(1, result.faults.size(), length + " bytes before " + line.strip());
        assertEquals(List.of(), result.replies);
      }
      ReadReplies result = read(lines(length) + "220\r\n");
      assertEquals(List.of(), result.faults);
      assertEquals(1, result.replies.size());
    }
  }

  /** Lines of a reply that goes on, this many bytes in all. */
  private static String lines(int length) {
    StringBuilder lines = new StringBuilder();
    while (length - lines.length() > ReplyReader.LINE_MAX) {
      lines.append("220-").append("x".repeat(1_000)).append("\r\n");
    }
    int rest = length - lines.length();
    return lines.append("220-").append("x".repeat(rest - 6)).append("\r\n").toString();
  }

  @Test
  void the_bounds_of_a_reply_are_exact() {
    for (int more = -2; more <= 2; more++) {
      int expected = more > 0 ? 1 : 0;
      String line = "250 " + "x".repeat(ReplyReader.LINE_MAX - 6 + more) + "\r\n";
      assertEquals(expected, read(line).faults.size(), "a line, " + more);
      String many = "250-x\r\n".repeat(ReplyReader.LINES_MAX - 1 + more) + "250 x\r\n";
      assertEquals(expected, read(many).faults.size(), "lines, " + more);
      String large = lines(ReplyReader.REPLY_MAX - 5 + more) + "220\r\n";
      assertEquals(expected, read(large).faults.size(), "a reply, " + more);
    }
  }

  @Test
  void a_bare_carriage_return_ends_no_line() {
    assertEquals(List.of(), read("250 a\r250 b\r").replies);
    assertEquals(List.of("250 a 250 b"), read("250 a\r250 b\r\n").texts());
    assertEquals(1, read("250 a\r".repeat(700)).faults.size());
  }

  @Test
  void a_text_may_be_any_bytes() {
    assertEquals(List.of("250 a b"), read(new byte[] {'2', '5', '0', ' ', 'a', 0, 'b', '\n'}));
    assertEquals(List.of("250 \u00fc"), read("250 \u00fc\r\n").texts());
    assertEquals(List.of("250 \ufffd"), read(new byte[] {'2', '5', '0', ' ', (byte) 0xff, '\n'}));
  }

  private static List<String> read(byte[] bytes) {
    ReadReplies result = new ReadReplies();
    result.read(bytes);
    return result.texts();
  }

  @Test
  void a_reply_of_too_many_lines_or_bytes_is_malformed() {
    assertEquals(
        0, read("250-x\r\n".repeat(ReplyReader.LINES_MAX - 1) + "250 x\r\n").faults.size());
    assertEquals(1, read("250-x\r\n".repeat(ReplyReader.LINES_MAX + 1)).faults.size());
    String line = "250-" + "x".repeat(2_000) + "\r\n";
    assertEquals(1, read(line.repeat(40)).faults.size());
  }

  @Test
  void tells_whether_more_came_than_one_reply() {
    List<Boolean> surplus = new ArrayList<>();
    ReplyReader[] reader = new ReplyReader[1];
    reader[0] =
        new ReplyReader(
            new ReplyReader.Listener() {
              @Override
              public void onReply() {
                surplus.add(reader[0].hasExtraBytes());
              }

              @Override
              public void onMalformed(String cause) {
                throw new AssertionError(cause);
              }
            });
    reader[0].read("250 a\r\n250 b\r\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals(List.of(true, false), surplus);
  }

  @Test
  void reads_the_same_however_the_bytes_are_split() {
    String stream = "220 hi\r\n250-a\r\n250-b\r\n250 c\r\n354\r\n550 5.1.1 no\r\n421 4.4.2 bye\r\n";
    List<String> expected = read(stream).texts();
    Random random = new Random(SEED);
    for (int run = 0; run < RUNS / 10; run++) {
      ReadReplies result = new ReadReplies();
      int from = 0;
      while (from < stream.length()) {
        int to = Math.min(stream.length(), from + 1 + random.nextInt(9));
        result.read(stream.substring(from, to));
        from = to;
      }
      assertEquals(expected, result.texts());
    }
  }

  @Test
  void never_throws_and_faults_at_most_once_whatever_comes() {
    Random random = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      ReadReplies result = new ReadReplies();
      for (int chunk = random.nextInt(6); chunk >= 0; chunk--) {
        result.read(noise(random));
      }
      assertTrue(result.faults.size() <= 1, "run " + run);
      assertTrue(result.replies.stream().allMatch(r -> r.code() >= 200 && r.code() < 600));
      assertFalse(result.texts().stream().anyMatch(text -> text.matches("(?s).*[\r\n\0].*")));
    }
  }

  private static ReadReplies read(String bytes) {
    ReadReplies result = new ReadReplies();
    result.read(bytes);
    return result;
  }

  /** Random bytes, or random pieces of replies, which come further into the reader. */
  private static byte[] noise(Random random) {
    if (random.nextBoolean()) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      return bytes;
    }
    List<String> pieces =
        Arrays.asList("250", "-", " ", "\r\n", "\n", "\r", "5", "é", "\0", "2.0.0 ");
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      text.append(pieces.get(random.nextInt(pieces.size())));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Keeps what a reader tells. */
  private static final class ReadReplies implements ReplyReader.Listener {
    private final ReplyReader reader = new ReplyReader(this);
    private final List<Reply> replies = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    void read(String bytes) {
      read(bytes.getBytes(StandardCharsets.UTF_8));
    }

    void read(byte[] bytes) {
      reader.read(bytes);
    }

    List<String> texts() {
      return replies.stream().map(Reply::text).toList();
    }

    @Override
    public void onReply() {
      replies.add(reader.reply());
    }

    @Override
    public void onMalformed(String cause) {
      faults.add(cause);
    }
  }
}
