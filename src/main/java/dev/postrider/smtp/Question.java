package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * One command and its reply, for the part of the conversation that takes one step at a time. Fails
 * with {@link Unready} when the connection is lost.
 */
final class Question implements Wire.Talk {

  private final Wire wire;
  private final Phase phase;
  private final Promise<Reply> promise = Promise.promise();

  private Question(Wire wire, Phase phase) {
    this.wire = wire;
    this.phase = phase;
  }

  /** Waits for a reply that needs no command: the greeting. */
  static Future<Reply> listen(Wire wire, Phase phase, String what, Duration time) {
    Question question = new Question(wire, phase);
    wire.hold(question);
    wire.await(what, time);
    return question.promise.future();
  }

  /** Sends a line, without its CRLF, and waits for the reply; {@code what} must hold no secret. */
  static Future<Reply> ask(Wire wire, Phase phase, String what, String line, Duration time) {
    Future<Reply> reply = listen(wire, phase, what, time);
    wire.write(Buffer.buffer(line + "\r\n"));
    return reply;
  }

  @Override
  public void replied() {
    if (wire.surplus() || promise.future().isComplete()) {
      wire.end("the server sent more than it was asked for"); // or bytes slipped in before TLS
    } else {
      wire.rest();
      promise.complete(wire.reply());
    }
  }

  @Override
  public void lost(String cause) {
    promise.tryFail(Unready.lost(phase, cause));
  }
}
