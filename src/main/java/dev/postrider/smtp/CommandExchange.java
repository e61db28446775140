package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * One command and its reply, for the part of the conversation that takes one step at a time. Fails
 * with {@link ConnectionFailed} when the connection is lost.
 */
final class CommandExchange implements SmtpConnection.ReplyHandler {

  private final SmtpConnection smtpConnection;
  private final Phase phase;
  private final Promise<Reply> promise = Promise.promise();

  private CommandExchange(SmtpConnection smtpConnection, Phase phase) {
    this.smtpConnection = smtpConnection;
    this.phase = phase;
  }

  /** Waits for a reply that needs no command: the greeting. */
  static Future<Reply> listen(
      SmtpConnection smtpConnection, Phase phase, String what, Duration time) {
    CommandExchange commandExchange = new CommandExchange(smtpConnection, phase);
    smtpConnection.setHandler(commandExchange);
    smtpConnection.setDeadline(what, time);
    return commandExchange.promise.future();
  }

  /** Sends a line, without its CRLF, and waits for the reply; {@code what} must hold no secret. */
  static Future<Reply> ask(
      SmtpConnection smtpConnection, Phase phase, String what, String line, Duration time) {
    Future<Reply> reply = listen(smtpConnection, phase, what, time);
    smtpConnection.write(Buffer.buffer(line + "\r\n"));
    return reply;
  }

  @Override
  public void onReply() {
    if (smtpConnection.hasExtraReplies() || promise.future().isComplete()) {
      smtpConnection.abort(
          "the server sent more than it was asked for"); // or bytes slipped in before TLS
    } else {
      smtpConnection.clearDeadline();
      promise.complete(smtpConnection.reply());
    }
  }

  @Override
  public void onLost(String cause) {
    promise.tryFail(ConnectionFailed.lost(phase, cause));
  }
}
