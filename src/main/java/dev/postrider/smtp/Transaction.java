package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The dialogue of one mail: RSET, MAIL, RCPT, then DATA or BDAT, in as few writes as the plan
 * allows. Ends exactly once, in {@link Session#mailFinished} or {@link Session#resendElsewhere}.
 *
 * <p>Only {@link #contentEnded} divides surely-not-sent from unknown: until the end of the content
 * was handed to the socket no server may deliver anything. A connection that breaks after that
 * without a word, and be it because it was stale, is unknown: whether the server read any of it
 * cannot be seen from here.
 */
final class Transaction implements SmtpConnection.ReplyHandler, ContentWriter.Listener {

  private final Session session;
  private final SmtpConnection smtpConnection;
  private final Timeouts timeouts;
  private final PooledMail pooledMail;
  private final TransactionPlan transactionPlan;
  private final EnvelopeReplies envelopeReplies;
  private final int size;
  private CommandWriter commandWriter;
  private DialogueStep dialogueStep;
  private boolean hasReply;
  private boolean contentEnded;
  private boolean gateClosed;
  private boolean finished;

  Transaction(
      Session session,
      SmtpConnection smtpConnection,
      Timeouts timeouts,
      PooledMail pooledMail,
      TransactionPlan transactionPlan) {
    this.session = session;
    this.smtpConnection = smtpConnection;
    this.timeouts = timeouts;
    this.pooledMail = pooledMail;
    this.transactionPlan = transactionPlan;
    this.envelopeReplies = new EnvelopeReplies(pooledMail.envelope().recipients().size());
    this.size =
        pooledMail.message().length() + ContentWriter.lastLineEnd(pooledMail.message()).length();
    this.dialogueStep = transactionPlan.first();
  }

  void start() {
    prepare().ifPresentOrElse(this::finish, this::writeFirst);
  }

  private Optional<SendResult> prepare() {
    try {
      AsciiEnvelope asciiEnvelope = AsciiEnvelope.of(pooledMail.envelope());
      commandWriter = new CommandWriter(transactionPlan, asciiEnvelope, size);
      return PreflightCheck.refusal(asciiEnvelope, size, transactionPlan.offered());
    } catch (IllegalArgumentException e) {
      return Optional.of(PreflightCheck.badDomain());
    }
  }

  /**
   * What may leave behind the content of another mail; empty if this mail cannot be sent at all.
   */
  Optional<Buffer> envelopeCommands() {
    return prepare().isEmpty() ? Optional.of(commandWriter.envelope()) : Optional.empty();
  }

  /** Its turn has come; its envelope has left before. */
  void startAfterEnvelope() {
    awaitReply();
  }

  private void writeFirst() {
    awaitReply();
    if (transactionPlan.singleWrite()) {
      ContentWriter.chunk(smtpConnection, this, commandWriter.envelope(), pooledMail.message())
          .start();
    } else if (transactionPlan.pipelined()) {
      smtpConnection.write(commandWriter.envelope());
    } else {
      smtpConnection.write(commandWriter.command(dialogueStep, 0));
    }
  }

  // --- replies

  @Override
  public void onReply() {
    boolean first = !hasReply;
    hasReply = true;
    if (smtpConnection.code() == Reply.CLOSING && dialogueStep != DialogueStep.CONTENT) {
      onClosing(first);
    } else if (smtpConnection.code() / 100 == 3
        && dialogueStep != DialogueStep.DATA
        && dialogueStep != DialogueStep.LONE_DOT) {
      unexpectedReply();
    } else {
      handleReply();
    }
  }

  private void handleReply() {
    switch (dialogueStep) {
      case RSET -> next(DialogueStep.MAIL); // refused or not: MAIL will tell whether it mattered
      case MAIL -> onMailReply();
      case RCPT -> onRecipientReply();
      case DATA -> onDataReply();
      case LONE_DOT -> finish(envelopeReplies.decidedRefusal().orElseThrow());
      case CONTENT -> onContentReply();
    }
  }

  /** 421: nothing after it is looked at; yet with the content out, listen whether that is kept. */
  private void onClosing(boolean first) {
    if (first && resendElsewhere()) {
      return; // the server was tired of waiting for us, not of this mail
    }
    envelopeReplies.refused(dialogueStep.name(), smtpConnection.reply());
    session.closeAfterMail();
    if (!contentEnded) {
      finish(envelopeReplies.decidedRefusal().orElseThrow());
    } else {
      handleReply();
    }
  }

  private void onMailReply() {
    if (smtpConnection.code() / 100 != 2) {
      envelopeReplies.refused("MAIL", smtpConnection.reply());
    }
    if (!transactionPlan.pipelined() && envelopeReplies.decidedRefusal().isPresent()) {
      finish(envelopeReplies.decidedRefusal().get());
    } else {
      next(DialogueStep.RCPT);
    }
  }

  private void onRecipientReply() {
    envelopeReplies.addRecipient(smtpConnection.reply());
    if (!envelopeReplies.isComplete()) {
      next(DialogueStep.RCPT);
    } else if (transactionPlan.singleWrite()) {
      next(DialogueStep.CONTENT);
    } else if (transactionPlan.pipelined() && !transactionPlan.chunked()) {
      next(DialogueStep.DATA);
    } else {
      envelopeReplies.decidedRefusal().ifPresentOrElse(this::finish, this::recipientsAccepted);
    }
  }

  private void recipientsAccepted() {
    if (transactionPlan.chunked()) {
      dialogueStep = DialogueStep.CONTENT;
      ContentWriter.chunk(
              smtpConnection,
              this,
              commandWriter.command(DialogueStep.CONTENT, 0),
              pooledMail.message())
          .start();
    } else {
      next(DialogueStep.DATA);
    }
  }

  private void onDataReply() {
    int category = smtpConnection.code() / 100;
    if (category == 3) {
      envelopeReplies.decidedRefusal().ifPresentOrElse(this::sendLoneDot, this::sendContent);
    } else if (category == 2) {
      unexpectedReply();
    } else {
      finish(envelopeReplies.refusedAfterEnvelope(Phase.DATA, "DATA", smtpConnection.reply()));
    }
  }

  private void sendContent() {
    dialogueStep = DialogueStep.CONTENT;
    ContentWriter.data(smtpConnection, this, pooledMail.message()).start();
  }

  /** RFC 2920 §3.1: a server that wants data although it refused everyone gets a lone dot. */
  private void sendLoneDot(SendResult refusal) {
    if (envelopeReplies.noneAccepted()) {
      dialogueStep = DialogueStep.LONE_DOT;
      awaitReply();
      smtpConnection.write(commandWriter.command(dialogueStep, 0));
    } else { // MAIL refused and yet a recipient: a dot might deliver an empty mail
      session.closeAfterMail();
      finish(refusal);
    }
  }

  private void onContentReply() {
    if (smtpConnection.code() / 100 > 3) {
      contentRefused(smtpConnection.reply());
    } else if (!contentEnded) {
      unexpectedReply();
    } else if (envelopeReplies.decidedRefusal().isEmpty()) {
      finish(envelopeReplies.accepted(smtpConnection.reply()));
    } else if (envelopeReplies.noneAccepted()) {
      finish(envelopeReplies.decidedRefusal().get());
    } else {
      session.closeAfterMail();
      String cause = "the server refused the envelope and yet took the content";
      finish(envelopeReplies.unknown(cause, smtpConnection.reply()));
    }
  }

  private void contentRefused(Reply reply) {
    if (!contentEnded || reply.closing()) {
      session.closeAfterMail(); // the rest of the content would be read as commands
    }
    finish(
        envelopeReplies.refusedAfterEnvelope(
            phase(), transactionPlan.chunked() ? "BDAT" : ".", reply));
  }

  // --- the content leaves

  @Override
  public Optional<Future<Void>> recordIntent() {
    if (!pooledMail.needsIntent()) {
      return Optional.empty();
    }
    smtpConnection.setDeadline("the note before the end of the content", timeouts.block());
    return Optional.of(pooledMail.recordIntent());
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public boolean isGateOpen() {
    gateClosed = !pooledMail.isGateOpen();
    contentEnded = !gateClosed;
    return contentEnded;
  }

  @Override
  public void sliceWritten() {
    smtpConnection.setDeadline("the content", timeouts.block());
  }

  @Override
  public Buffer nextEnvelope() {
    return transactionPlan.pipelined() && !transactionPlan.chunked()
        ? session.nextEnvelope()
        : ContentWriter.EMPTY;
  }

  @Override
  public void endWritten() {
    pooledMail.releaseContent();
    awaitReply();
  }

  @Override
  public void endDenied(boolean begun) {
    if (begun || dialogueStep == DialogueStep.CONTENT) {
      session.closeAfterMail(); // the server waits for the rest, which must not come
    }
    finish(new SendResult.NotSent(Phase.DATA, "the gate was closed before the end was written"));
  }

  // --- the end

  @Override
  public void onLost(String cause) {
    if (!finished && (hasReply || !resendElsewhere())) {
      finish(envelopeReplies.lost(phase(), cause));
    }
  }

  /**
   * A connection that was left idle and is gone at the first word costs a reconnect, no attempt.
   */
  private boolean resendElsewhere() {
    boolean stale = !contentEnded && !gateClosed && session.isReused() && pooledMail.takeResend();
    if (stale) {
      finished = true;
      session.resendElsewhere(pooledMail);
    }
    return stale;
  }

  private Phase phase() {
    return contentEnded ? Phase.DOT : dialogueStep.phase();
  }

  private void unexpectedReply() {
    smtpConnection.abort(
        "the server answered " + dialogueStep + " out of turn with " + smtpConnection.code());
  }

  private void finish(SendResult result) {
    if (!finished) {
      finished = true;
      session.mailFinished(pooledMail, result);
    }
  }

  private void next(DialogueStep following) {
    dialogueStep = following;
    awaitReply();
    if (!transactionPlan.pipelined()) {
      smtpConnection.write(commandWriter.command(dialogueStep, envelopeReplies.received()));
    }
  }

  private void awaitReply() {
    smtpConnection.setDeadline(dialogueStep.toString(), dialogueStep.timeout(timeouts));
  }
}
