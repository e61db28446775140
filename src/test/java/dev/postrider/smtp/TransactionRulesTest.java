package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.postrider.smtp.TransactionRules.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes next after each reply, without a socket. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionRulesTest {

  private static final TransactionPlan STEPWISE_DATA = plan(false, false, false);
  private static final TransactionPlan PIPELINED_DATA = plan(true, false, false);
  private static final TransactionPlan STEPWISE_BDAT = plan(false, true, false);
  private static final TransactionPlan SINGLE_WRITE = plan(true, true, true);

  /** Feeds replies to the rules of one mail. */
  private static final class Replies implements ReplyReader.Listener {

    private final TransactionRules transactionRules;
    private final ReplyReader reader = new ReplyReader(this);
    private final List<Action> actions = new ArrayList<>();

    Replies(TransactionPlan plan, int recipients) {
      this.transactionRules = new TransactionRules(plan, recipients);
    }

    Replies receive(int... codes) {
      Arrays.stream(codes)
          .mapToObj(code -> (code + " text\r\n").getBytes(StandardCharsets.US_ASCII))
          .forEach(reader::read);
      return this;
    }

    @Override
    public void onReply() {
      actions.add(transactionRules.onReply(reader));
    }

    @Override
    public void onMalformed(String cause) {
      throw new AssertionError(cause);
    }

    Action last() {
      return actions.get(actions.size() - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 250, 299, 300, 334, 353, 355, 399})
  void only_354_lets_the_content_leave(int code) {
    assertEquals(Action.ABORT, new Replies(STEPWISE_DATA, 1).receive(250, 250, code).last());
    assertEquals(Action.ABORT, new Replies(PIPELINED_DATA, 1).receive(250, 250, code).last());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 334, 354, 399})
  void a_3yz_to_anything_else_is_an_error(int code) {
    for (int[] before : new int[][] {{}, {250}, {250, 250}}) {
      assertEquals(Action.ABORT, new Replies(SINGLE_WRITE, 1).receive(before).receive(code).last());
    }
    Replies loneDot = new Replies(PIPELINED_DATA, 1).receive(250, 550, 354);
    assertEquals(Action.SEND_LONE_DOT, loneDot.last());
    assertEquals(Action.ABORT, loneDot.receive(code).last());
    assertInstanceOf(SendResult.Refused.class, loneDot.transactionRules.lost("aborted"));
  }

  @Test
  void data_follows_the_accepted_recipients() {
    Replies replies = new Replies(STEPWISE_DATA, 2).receive(250, 250, 550, 354);
    assertEquals(
        List.of(Action.NEXT_STEP, Action.NEXT_STEP, Action.NEXT_STEP, Action.SEND_DATA),
        replies.actions);
    replies.transactionRules.endContent();
    assertEquals(Action.FINISH, replies.receive(250).last());
    assertInstanceOf(SendResult.Accepted.class, replies.transactionRules.result());
  }

  @Test
  void a_chunk_follows_the_accepted_recipients() {
    assertEquals(Action.SEND_CHUNK, new Replies(STEPWISE_BDAT, 1).receive(250, 250).last());
  }

  @Test
  void a_refused_sender_ends_a_transaction_by_steps_only() {
    assertEquals(Action.FINISH, new Replies(STEPWISE_DATA, 1).receive(550).last());
    assertEquals(Action.NEXT_STEP, new Replies(PIPELINED_DATA, 1).receive(550).last());
  }

  @Test
  void a_server_that_wants_data_without_a_recipient_gets_a_lone_dot() {
    Replies replies = new Replies(PIPELINED_DATA, 1).receive(250, 550, 354);
    assertEquals(Action.SEND_LONE_DOT, replies.last());
    assertEquals(Action.FINISH, replies.receive(554).last());
    assertEquals(false, replies.transactionRules.connectionSpoiled());
  }

  @Test
  void no_dot_follows_data_after_a_refused_sender_and_an_accepted_recipient() {
    Replies replies = new Replies(PIPELINED_DATA, 1).receive(550, 250, 354);
    assertEquals(Action.FINISH, replies.last());
    assertEquals(true, replies.transactionRules.connectionSpoiled());
  }

  @ParameterizedTest
  @CsvSource({"354, MAIL", "354, RCPT", "250, DATA", "354, CONTENT", "250, CONTENT"})
  void a_reply_that_cannot_follow_the_command_aborts(int code, DialogueStep step) {
    Replies replies = new Replies(STEPWISE_DATA, 1).receive(250, 250, 354);
    Replies before = new Replies(STEPWISE_DATA, 1);
    if (step == DialogueStep.CONTENT) {
      before = replies; // the content has not ended yet
    } else {
      before.receive(Arrays.copyOf(new int[] {250, 250}, step.ordinal() - 1));
    }
    assertEquals(step, before.transactionRules.step());
    assertEquals(Action.ABORT, before.receive(code).last());
  }

  @Test
  void a_421_ends_the_transaction_before_the_content_has_left() {
    Replies replies = new Replies(PIPELINED_DATA, 1).receive(250, 421);
    assertEquals(Action.FINISH, replies.last());
    assertEquals(true, replies.transactionRules.connectionSpoiled());
    assertEquals(421, refusal(replies).reply().code());
  }

  @Test
  void a_421_to_the_envelope_does_not_hide_the_reply_to_a_content_that_has_left() {
    Replies replies = new Replies(SINGLE_WRITE, 1);
    replies.transactionRules.endContent();
    assertEquals(Action.NEXT_STEP, replies.receive(421).last());
    assertEquals(Action.FINISH, replies.receive(250, 250).last());
    assertInstanceOf(SendResult.Unknown.class, replies.transactionRules.result());
  }

  @Test
  void a_lost_connection_is_unknown_only_after_the_end_of_the_content() {
    Replies replies = new Replies(STEPWISE_DATA, 1).receive(250, 250, 354);
    assertEquals(new SendResult.NotSent(Phase.DATA, "gone"), replies.transactionRules.lost("gone"));
    replies.transactionRules.endContent();
    assertInstanceOf(SendResult.Unknown.class, replies.transactionRules.lost("gone"));
  }

  private static SendResult.Refused refusal(Replies replies) {
    return assertInstanceOf(SendResult.Refused.class, replies.transactionRules.result());
  }

  private static TransactionPlan plan(boolean pipelined, boolean chunked, boolean singleWrite) {
    Capabilities offered = new Capabilities(Set.of(), Set.of(), 0);
    return new TransactionPlan(offered, pipelined, chunked, singleWrite, false);
  }
}
