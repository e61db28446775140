package dev.postrider.smtp;

/**
 * The rules of the transaction of one mail: decides for each reply what comes next. Writes nothing;
 * {@link Transaction} does.
 *
 * <p>Only {@link #contentEnded} divides surely-not-sent from unknown: until the end of the content
 * is handed to the socket no server may deliver anything. A connection that is lost after that
 * without a reply is unknown, even if it was stale: whether the server read any of it cannot be
 * seen from here.
 */
final class TransactionRules {

  /** What the transaction does after a reply. */
  enum Action {
    /** Waits for the reply of the next step; writes its command unless that has left before. */
    NEXT_STEP,
    SEND_DATA,
    SEND_CHUNK,
    /** Ends DATA without a content. */
    SEND_LONE_DOT,
    /** Finishes with {@link #result()}. */
    FINISH,
    /** Aborts the connection: no such reply may follow this command. */
    ABORT
  }

  /** To DATA; the only intermediate reply of a transaction (RFC 5321 §4.3.2). */
  private static final int GO_AHEAD = 354;

  private final TransactionPlan plan;
  private final EnvelopeReplies replies;
  private DialogueStep step;
  private SendResult result;
  private boolean contentEnded;
  private boolean connectionSpoiled;

  TransactionRules(TransactionPlan plan, int recipients) {
    this.plan = plan;
    this.replies = new EnvelopeReplies(recipients);
    this.step = plan.first();
  }

  /** The step whose reply is awaited. */
  DialogueStep step() {
    return step;
  }

  /** Index of the recipient whose reply is awaited. */
  int recipient() {
    return replies.received();
  }

  /** The result of the mail, once {@link #onReply} has returned FINISH. */
  SendResult result() {
    return result;
  }

  /** Whether the server would misread the next mail, or closes the connection. */
  boolean connectionSpoiled() {
    return connectionSpoiled;
  }

  /** The end of the content is about to leave: the server may have the mail from now on. */
  void endContent() {
    contentEnded = true;
  }

  boolean contentEnded() {
    return contentEnded;
  }

  /** The result if the connection is lost now. */
  SendResult lost(String cause) {
    return replies.lost(phase(), cause);
  }

  /** Whether a 421 to this step says nothing about the mail itself. */
  private boolean isClosing(int code) {
    return code == Reply.CLOSING && step != DialogueStep.CONTENT;
  }

  /** Decides on the reply that the reader holds. */
  Action onReply(ReplyReader reader) {
    if (isClosing(reader.code())) {
      return closing(reader);
    }
    boolean goAhead = step == DialogueStep.DATA && reader.code() == GO_AHEAD;
    return reader.code() / 100 == 3 && !goAhead ? Action.ABORT : decide(reader);
  }

  private Action decide(ReplyReader reader) {
    return switch (step) {
      case RSET -> next(DialogueStep.MAIL); // a refused RSET shows in the reply to MAIL
      case MAIL -> mail(reader);
      case RCPT -> recipient(reader);
      case DATA -> data(reader);
      case LONE_DOT -> finish(replies.decidedRefusal().orElseThrow());
      case CONTENT -> content(reader);
    };
  }

  /** 421: later replies are ignored, unless the content has left: then its reply decides. */
  private Action closing(ReplyReader reader) {
    if (replies.decidedRefusal().isEmpty()) {
      replies.refused(step.name(), reader.reply());
    }
    connectionSpoiled = true;
    return contentEnded ? decide(reader) : finish(replies.decidedRefusal().orElseThrow());
  }

  private Action mail(ReplyReader reader) {
    if (reader.code() / 100 != 2) {
      replies.refused("MAIL", reader.reply());
    }
    return plan.pipelined()
        ? next(DialogueStep.RCPT)
        : replies.decidedRefusal().map(this::finish).orElseGet(() -> next(DialogueStep.RCPT));
  }

  private Action recipient(ReplyReader reader) {
    replies.addRecipient(reader.reply());
    if (!replies.isComplete()) {
      return next(DialogueStep.RCPT);
    }
    if (plan.singleWrite()) {
      return next(DialogueStep.CONTENT);
    }
    if (plan.pipelined() && !plan.chunked()) {
      return next(DialogueStep.DATA);
    }
    return replies.decidedRefusal().map(this::finish).orElseGet(this::recipientsAccepted);
  }

  private Action recipientsAccepted() {
    return plan.chunked() ? go(DialogueStep.CONTENT, Action.SEND_CHUNK) : next(DialogueStep.DATA);
  }

  private Action data(ReplyReader reader) {
    return switch (reader.code() / 100) {
      case 2 -> Action.ABORT;
      case 3 ->
          replies
              .decidedRefusal()
              .map(this::dataAfterRefusal)
              .orElseGet(() -> go(DialogueStep.CONTENT, Action.SEND_DATA));
      default -> finish(replies.refusedAfterEnvelope(Phase.DATA, "DATA", reader.reply()));
    };
  }

  /** RFC 2920 §3.1: a server that wants data although it refused everyone gets a lone dot. */
  private Action dataAfterRefusal(SendResult refusal) {
    if (replies.noneAccepted()) {
      return go(DialogueStep.LONE_DOT, Action.SEND_LONE_DOT);
    }
    connectionSpoiled = true; // MAIL was refused, a recipient was not: a dot might deliver a mail
    return finish(refusal);
  }

  private Action content(ReplyReader reader) {
    if (reader.code() / 100 > 3) {
      return contentRefused(reader.reply());
    }
    if (!contentEnded) {
      return Action.ABORT;
    }
    if (replies.decidedRefusal().isEmpty()) {
      return finish(replies.accepted(reader.reply()));
    }
    if (replies.noneAccepted()) {
      return finish(replies.decidedRefusal().get());
    }
    connectionSpoiled = true;
    String cause = "the server refused the envelope, but accepted the content";
    return finish(replies.unknown(cause, reader.reply()));
  }

  private Action contentRefused(Reply reply) {
    connectionSpoiled |= !contentEnded || reply.closing(); // what follows would be read as commands
    return finish(replies.refusedAfterEnvelope(phase(), plan.chunked() ? "BDAT" : ".", reply));
  }

  private Phase phase() {
    return contentEnded ? Phase.DOT : step.phase();
  }

  private Action next(DialogueStep following) {
    return go(following, Action.NEXT_STEP);
  }

  private Action go(DialogueStep following, Action action) {
    step = following;
    return action;
  }

  private Action finish(SendResult decided) {
    result = decided;
    return Action.FINISH;
  }
}
