package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * Sends one mail over a connection: writes what its {@link TransactionRules} decides, in as few
 * writes as the plan allows. Ends exactly once, in {@link Session#mailFinished} or {@link
 * Session#resendElsewhere}.
 */
final class Transaction implements SmtpConnection.ReplyHandler, ContentWriter.Listener {

  private final Session session;
  private final SmtpConnection connection;
  private final Timeouts timeouts;
  private final PooledMail mail;
  private final TransactionPlan plan;
  private final PreflightCheck preflight;
  private final CommandWriter commands;
  private final TransactionRules rules;
  private int replies;
  private boolean unasked; // bytes have come before the command of the next step
  private boolean gateClosed;
  private boolean finished;

  Transaction(
      Session session,
      SmtpConnection connection,
      Timeouts timeouts,
      PooledMail mail,
      TransactionPlan plan) {
    this.session = session;
    this.connection = connection;
    this.timeouts = timeouts;
    this.mail = mail;
    this.plan = plan;
    int size = mail.message().length() + ContentWriter.lastLineEnd(mail.message()).length();
    this.preflight = PreflightCheck.of(mail.envelope(), size, plan.offered());
    this.commands = new CommandWriter(plan, preflight.envelope(), size);
    this.rules = new TransactionRules(plan, preflight.envelope().recipients().size());
  }

  void start() {
    preflight.refusal().ifPresentOrElse(this::finish, this::writeFirst);
  }

  /** The commands to write behind the content of another mail; empty if this mail is refused. */
  Optional<Buffer> envelopeCommands() {
    return preflight.refusal().isEmpty() ? Optional.of(commands.envelope()) : Optional.empty();
  }

  /** Starts a mail whose envelope has left before. */
  void startAfterEnvelope() {
    awaitReply();
  }

  private void writeFirst() {
    awaitReply();
    if (plan.singleWrite()) {
      ContentWriter.chunk(connection, this, commands.envelope(), mail.message()).start();
    } else if (plan.pipelined()) {
      connection.write(commands.envelope());
    } else {
      writeCommand();
    }
  }

  // --- replies

  @Override
  public void onReply() {
    replies++;
    if (unasked && connection.reader().code() != Reply.CLOSING) {
      connection.abort("the server replied to " + rules.step() + " before it was asked");
    } else {
      perform(rules.onReply(connection.reader()));
    }
  }

  private void perform(TransactionRules.Action action) {
    if (rules.connectionSpoiled()) {
      session.closeAfterMail();
    }
    if (connection.hasExtraReplies() && writes(action)) {
      unasked = true; // only a 421 may come without a command (RFC 5321 §3.8)
      connection.setDeadline("the rest of an early reply", timeouts.data());
      return;
    }
    switch (action) {
      case NEXT_STEP -> nextStep();
      case SEND_DATA -> ContentWriter.data(connection, this, mail.message()).start();
      case SEND_CHUNK -> ContentWriter.chunk(connection, this, command(), mail.message()).start();
      case SEND_LONE_DOT -> sendLoneDot();
      case FINISH -> finish(rules.result());
      case ABORT ->
          connection.abort(
              "the server answered "
                  + rules.step()
                  + " with an unexpected "
                  + connection.reader().code());
    }
  }

  private boolean writes(TransactionRules.Action action) {
    return switch (action) {
      case SEND_DATA, SEND_CHUNK, SEND_LONE_DOT -> true;
      case NEXT_STEP -> !plan.pipelined();
      case FINISH, ABORT -> false;
    };
  }

  private void nextStep() {
    awaitReply();
    releaseContent();
    if (!plan.pipelined()) {
      writeCommand();
    }
  }

  /** What has left is not needed again, unless the server closes on the envelope. */
  private void releaseContent() {
    boolean answered = rules.step() == DialogueStep.CONTENT && !rules.connectionSpoiled();
    if (rules.contentEnded() && answered && !session.trial().mayFail(plan)) {
      mail.releaseContent();
    }
  }

  private void sendLoneDot() {
    awaitReply();
    writeCommand();
  }

  private void writeCommand() {
    connection.write(command());
  }

  private Buffer command() {
    return commands.command(rules.step(), rules.recipient());
  }

  // --- the content

  @Override
  public Optional<Future<Void>> recordIntent() {
    if (!mail.needsIntent()) {
      return Optional.empty();
    }
    connection.setDeadline("the record before the end of the content", timeouts.block());
    return Optional.of(mail.recordIntent());
  }

  @Override
  public boolean isFinished() {
    return finished;
  }

  @Override
  public boolean isGateOpen() {
    gateClosed = !mail.isGateOpen();
    if (!gateClosed) {
      rules.endContent();
    }
    return !gateClosed;
  }

  @Override
  public void sliceWritten() {
    connection.setDeadline("the content", timeouts.block());
  }

  @Override
  public Buffer nextEnvelope() {
    return plan.pipelined() && !plan.chunked() ? session.nextEnvelope() : ContentWriter.EMPTY;
  }

  @Override
  public void endWritten() {
    releaseContent();
    awaitReply();
  }

  @Override
  public void endDenied(boolean partlyWritten) {
    if (partlyWritten || rules.step() == DialogueStep.CONTENT) {
      session.closeAfterMail(); // the server waits for the rest of the content
    }
    finish(new SendResult.NotSent(Phase.DATA, "the gate was closed before the end was written"));
  }

  // --- the end

  @Override
  public void onLost(String cause) {
    if (replies == 0 && rules.contentEnded()) {
      session.use().lostWithContent();
    }
    SendResult result = rules.lost(cause);
    if (result instanceof SendResult.Refused) {
      finish(result);
    } else if (!finished) {
      boolean untried = session.use().isReused() && isUnanswered() && !gateClosed;
      boolean failedExtension =
          !untried && replies > 0 && session.trial().lost(plan, rules.step(), cause);
      finish(result, !rules.contentEnded() && (failedExtension || untried));
    }
  }

  private void finish(SendResult result) {
    if (!finished) {
      boolean failedExtension = session.trial().answered(plan, result);
      finish(result, failedExtension || session.use().isReused() && closedByServer(result));
    }
  }

  /** No command of this mail has a reply; that of RSET says nothing about it. */
  private boolean isUnanswered() {
    return rules.step() == DialogueStep.RSET || rules.step() == DialogueStep.MAIL;
  }

  /** A 421 to the envelope: the server has enough of the connection; the mail is not sent. */
  private static boolean closedByServer(SendResult result) {
    return result instanceof SendResult.Refused refused
        && refused.reply().closing()
        && refused.phase() == Phase.ENVELOPE;
  }

  /**
   * A connection that has served mail and is closed by the server costs a reconnect and no attempt;
   * so does an extension that fails. Once per mail, since the mail itself may be the cause.
   *
   * @param again whether the mail is surely not sent and another connection may do better
   */
  private void finish(SendResult result, boolean again) {
    finished = true;
    if (again && mail.hasContent() && mail.takeResend()) {
      boolean stale = replies <= 1; // closed before the mail came
      session.resendElsewhere(mail, stale);
    } else {
      session.mailFinished(mail, preflight.complete(result));
    }
  }

  /** The result after an exception of ours, from no more than how far the content came. */
  SendResult lastResult(String cause) {
    finished = true;
    return rules.contentEnded()
        ? new SendResult.Unknown(cause, Optional.empty(), List.of())
        : new SendResult.NotSent(rules.step().phase(), cause);
  }

  private void awaitReply() {
    DialogueStep step = rules.step();
    connection.setDeadline(step.toString(), step.timeout(timeouts));
  }
}
