package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The dialogue of one mail: RSET, MAIL, RCPT, then DATA or BDAT, in as few writes as the plan
 * allows. Ends exactly once, in {@link Session#finished} or {@link Session#tryElsewhere}.
 *
 * <p>Only {@link #contentEnded} divides surely-not-sent from unknown: until the end of the content
 * was handed to the socket no server may deliver anything. A connection that breaks after that
 * without a word, and be it because it was stale, is unknown: whether the server read any of it
 * cannot be seen from here.
 */
final class Transaction implements SmtpConnection.ReplyHandler, ContentWriter.Listener {

  private final Session session;
  private final SmtpConnection smtpConnection;
  private final Timers timers;
  private final PooledMail pooledMail;
  private final TransactionPlan transactionPlan;
  private final EnvelopeReplies envelopeReplies;
  private final int size;
  private CommandWriter commandWriter;
  private DialogueStep dialogueStep;
  private boolean answered;
  private boolean contentEnded;
  private boolean gateClosed;
  private boolean finished;

  Transaction(
      Session session,
      SmtpConnection smtpConnection,
      Timers timers,
      PooledMail pooledMail,
      TransactionPlan transactionPlan) {
    this.session = session;
    this.smtpConnection = smtpConnection;
    this.timers = timers;
    this.pooledMail = pooledMail;
    this.transactionPlan = transactionPlan;
    this.envelopeReplies = new EnvelopeReplies(pooledMail.envelope().recipients().size());
    this.size =
        pooledMail.message().length() + ContentWriter.lastLineEnd(pooledMail.message()).length();
    this.dialogueStep = transactionPlan.first();
  }

  void start() {
    prepare().ifPresentOrElse(this::finish, this::speak);
  }

  private Optional<SendResult> prepare() {
    try {
      AsciiEnvelope asciiEnvelope = AsciiEnvelope.of(pooledMail.envelope());
      commandWriter = new CommandWriter(transactionPlan, asciiEnvelope, size);
      return PreflightCheck.in(asciiEnvelope, size, transactionPlan.offered());
    } catch (IllegalArgumentException e) {
      return Optional.of(PreflightCheck.badDomain());
    }
  }

  /**
   * What may leave behind the content of another mail; empty if this mail cannot be sent at all.
   */
  Optional<Buffer> envelope() {
    return prepare().isEmpty() ? Optional.of(commandWriter.group()) : Optional.empty();
  }

  /** Its turn has come; its envelope has left before. */
  void follow() {
    awaitReply();
  }

  private void speak() {
    awaitReply();
    if (transactionPlan.inOne()) {
      ContentWriter.chunk(smtpConnection, this, commandWriter.group(), pooledMail.message())
          .start();
    } else if (transactionPlan.pipelined()) {
      smtpConnection.write(commandWriter.group());
    } else {
      smtpConnection.write(commandWriter.command(dialogueStep, 0));
    }
  }

  // --- replies

  @Override
  public void replied() {
    boolean first = !answered;
    answered = true;
    if (smtpConnection.code() == Reply.CLOSING && dialogueStep != DialogueStep.CONTENT) {
      serverCloses(first);
    } else if (smtpConnection.code() / 100 == 3
        && dialogueStep != DialogueStep.DATA
        && dialogueStep != DialogueStep.LONE_DOT) {
      outOfTurn();
    } else {
      heard();
    }
  }

  private void heard() {
    switch (dialogueStep) {
      case RSET -> next(DialogueStep.MAIL); // refused or not: MAIL will tell whether it mattered
      case MAIL -> mailAnswered();
      case RCPT -> recipientAnswered();
      case DATA -> dataAnswered();
      case LONE_DOT -> finish(envelopeReplies.verdict().orElseThrow());
      case CONTENT -> contentAnswered();
    }
  }

  /** 421: nothing after it is looked at; yet with the content out, listen whether that is kept. */
  private void serverCloses(boolean first) {
    if (first && tryElsewhere()) {
      return; // the server was tired of waiting for us, not of this mail
    }
    envelopeReplies.refused(dialogueStep.name(), smtpConnection.reply());
    session.unusable();
    if (!contentEnded) {
      finish(envelopeReplies.verdict().orElseThrow());
    } else {
      heard();
    }
  }

  private void mailAnswered() {
    if (smtpConnection.code() / 100 != 2) {
      envelopeReplies.refused("MAIL", smtpConnection.reply());
    }
    if (!transactionPlan.pipelined() && envelopeReplies.verdict().isPresent()) {
      finish(envelopeReplies.verdict().get());
    } else {
      next(DialogueStep.RCPT);
    }
  }

  private void recipientAnswered() {
    envelopeReplies.recipient(smtpConnection.reply());
    if (!envelopeReplies.complete()) {
      next(DialogueStep.RCPT);
    } else if (transactionPlan.inOne()) {
      next(DialogueStep.CONTENT);
    } else if (transactionPlan.pipelined() && !transactionPlan.chunked()) {
      next(DialogueStep.DATA);
    } else {
      envelopeReplies.verdict().ifPresentOrElse(this::finish, this::recipientsAccepted);
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

  private void dataAnswered() {
    int category = smtpConnection.code() / 100;
    if (category == 3) {
      envelopeReplies.verdict().ifPresentOrElse(this::sendNothing, this::sendContent);
    } else if (category == 2) {
      outOfTurn();
    } else {
      finish(envelopeReplies.later(Phase.DATA, "DATA", smtpConnection.reply()));
    }
  }

  private void sendContent() {
    dialogueStep = DialogueStep.CONTENT;
    ContentWriter.data(smtpConnection, this, pooledMail.message()).start();
  }

  /** RFC 2920 §3.1: a server that wants data although it refused everyone gets a lone dot. */
  private void sendNothing(SendResult verdict) {
    if (envelopeReplies.noneAccepted()) {
      dialogueStep = DialogueStep.LONE_DOT;
      awaitReply();
      smtpConnection.write(commandWriter.command(dialogueStep, 0));
    } else { // MAIL refused and yet a recipient: a dot might deliver an empty mail
      session.unusable();
      finish(verdict);
    }
  }

  private void contentAnswered() {
    if (smtpConnection.code() / 100 > 3) {
      contentRefused(smtpConnection.reply());
    } else if (!contentEnded) {
      outOfTurn();
    } else if (envelopeReplies.verdict().isEmpty()) {
      finish(envelopeReplies.accepted(smtpConnection.reply()));
    } else if (envelopeReplies.noneAccepted()) {
      finish(envelopeReplies.verdict().get());
    } else {
      session.unusable();
      String cause = "the server refused the envelope and yet took the content";
      finish(envelopeReplies.unknown(cause, smtpConnection.reply()));
    }
  }

  private void contentRefused(Reply reply) {
    if (!contentEnded || reply.closing()) {
      session.unusable(); // the rest of the content would be read as commands
    }
    finish(envelopeReplies.later(phase(), transactionPlan.chunked() ? "BDAT" : ".", reply));
  }

  // --- the content leaves

  @Override
  public Optional<Future<Void>> beforeEnd() {
    if (!pooledMail.notes()) {
      return Optional.empty();
    }
    smtpConnection.await("the note before the end of the content", timers.block());
    return Optional.of(pooledMail.note());
  }

  @Override
  public boolean over() {
    return finished;
  }

  @Override
  public boolean mayEnd() {
    gateClosed = !pooledMail.mayEnd();
    contentEnded = !gateClosed;
    return contentEnded;
  }

  @Override
  public void flowing() {
    smtpConnection.await("the content", timers.block());
  }

  @Override
  public Buffer behindEnd() {
    return transactionPlan.pipelined() && !transactionPlan.chunked()
        ? session.lookAhead()
        : ContentWriter.NOTHING;
  }

  @Override
  public void ended() {
    pooledMail.contentLeft();
    awaitReply();
  }

  @Override
  public void stopped(boolean begun) {
    if (begun || dialogueStep == DialogueStep.CONTENT) {
      session.unusable(); // the server waits for the rest, which must not come
    }
    finish(new SendResult.NotSent(Phase.DATA, "the gate was closed before the end was written"));
  }

  // --- the end

  @Override
  public void lost(String cause) {
    if (!finished && (answered || !tryElsewhere())) {
      finish(envelopeReplies.lost(phase(), cause));
    }
  }

  /**
   * A connection that was left idle and is gone at the first word costs a reconnect, no attempt.
   */
  private boolean tryElsewhere() {
    boolean stale = !contentEnded && !gateClosed && session.used() && pooledMail.takeSecondTry();
    if (stale) {
      finished = true;
      session.tryElsewhere(pooledMail);
    }
    return stale;
  }

  private Phase phase() {
    return contentEnded ? Phase.DOT : dialogueStep.phase();
  }

  private void outOfTurn() {
    smtpConnection.end(
        "the server answered " + dialogueStep + " out of turn with " + smtpConnection.code());
  }

  private void finish(SendResult outcome) {
    if (!finished) {
      finished = true;
      session.finished(pooledMail, outcome);
    }
  }

  private void next(DialogueStep following) {
    dialogueStep = following;
    awaitReply();
    if (!transactionPlan.pipelined()) {
      smtpConnection.write(commandWriter.command(dialogueStep, envelopeReplies.heard()));
    }
  }

  private void awaitReply() {
    smtpConnection.await(dialogueStep.toString(), dialogueStep.time(timers));
  }
}
