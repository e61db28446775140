package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postrider.support.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever a server says, the reader neither throws nor lets a control through, and reads the
 * same bytes alike however they are cut.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplyReaderFuzzTest {

  private static final int CHANGES = 5_000;

  /** Pieces of 1 to this many bytes: each line end is met whole and torn. */
  private static final int PIECE_MAX = 9;

  @FuzzTest
  void reads(byte[] bytes) {
    ReadReplies whole = new ReadReplies();
    whole.reader.read(bytes);
    ReadReplies cut = new ReadReplies();
    int piece = 1 + bytes.length % PIECE_MAX;
    for (int at = 0; at < bytes.length; at += piece) {
      cut.reader.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
    assertEquals(whole.replies, cut.replies);
    assertEquals(whole.faults, cut.faults);
    assertTrue(whole.faults.size() <= 1);
    whole.replies.forEach(ReplyReaderFuzzTest::check);
  }

  @Test
  void reads_changed_seeds() {
    Seeds.of(getClass(), "reads").changed(CHANGES).forEach(this::reads);
  }

  private static void check(Reply reply) {
    assertTrue(reply.code() >= 200 && reply.code() <= 599);
    assertTrue(reply.text().chars().noneMatch(c -> c < ' ' || c == 0x7F));
    assertTrue(reply.lines().size() <= ReplyReader.LINES_MAX);
    assertTrue(reply.enhanced().toString().length() < ReplyReader.LINE_MAX);
  }

  private static final class ReadReplies implements ReplyReader.Listener {
    private final ReplyReader reader = new ReplyReader(this);
    private final List<Reply> replies = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

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
