package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Owns the connection while a reply or other work is awaited, for a bounded time. Fails with {@link
 * ConnectionFailed} if the work fails or the connection is lost.
 */
final class BoundedWait<T> implements SmtpConnection.ReplyHandler {

  private final SmtpConnection connection;
  private final Phase phase;
  private final String what;
  private final Optional<Promise<Reply>> expectedReply;
  private final Promise<T> promise = Promise.promise();

  private BoundedWait(
      SmtpConnection connection, Phase phase, String what, Optional<Promise<Reply>> expectedReply) {
    this.connection = connection;
    this.phase = phase;
    this.what = what;
    this.expectedReply = expectedReply;
  }

  /** Waits for a reply that needs no command: the greeting. */
  static Future<Reply> forReply(
      SmtpConnection connection, Phase phase, String what, Duration timeout) {
    Promise<Reply> reply = Promise.promise();
    return new BoundedWait<Reply>(connection, phase, what, Optional.of(reply))
        .until(reply.future(), timeout);
  }

  /**
   * Sends a command and waits for its reply.
   *
   * @param what names the command in errors; must hold no secret
   * @param line the command without its CRLF
   */
  static Future<Reply> forReplyTo(
      SmtpConnection connection, Phase phase, String what, String line, Duration timeout) {
    Future<Reply> reply = forReply(connection, phase, what, timeout);
    connection.write(Buffer.buffer(line + "\r\n"));
    return reply;
  }

  /** Waits for work during which the server must send nothing; {@code what} names it in errors. */
  static <T> Future<T> forWork(
      SmtpConnection connection, Phase phase, String what, Future<T> work, Duration timeout) {
    return new BoundedWait<T>(connection, phase, what, Optional.empty()).until(work, timeout);
  }

  private Future<T> until(Future<T> work, Duration timeout) {
    connection.setHandler(this);
    connection.setDeadline(what, timeout);
    work.onSuccess(connection.boundary().handler("wait", this::succeeded))
        .onFailure(connection.boundary().handler("wait", this::failed));
    return promise.future();
  }

  private void succeeded(T result) {
    if (!connection.hasEnded()) {
      connection.clearDeadline();
      promise.tryComplete(result);
    }
  }

  private void failed(Throwable failure) {
    promise.tryFail(ConnectionFailed.lost(phase, what + " failed: " + failure.getMessage()));
  }

  @Override
  public void onReply() {
    if (expectedReply.isEmpty()) {
      connection.abort("the server sent a reply that was not expected");
    } else if (connection.hasExtraReplies()
        || !expectedReply.get().tryComplete(connection.reader().reply())) {
      connection.abort(
          "the server sent more than it was asked for"); // such bytes could be injected before TLS
    }
  }

  @Override
  public void onLost(String cause) {
    promise.tryFail(ConnectionFailed.lost(phase, cause));
  }
}
