package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Supplier;

/** One mail on its way through a pool, and the promise of what becomes of it. */
final class PooledMail {

  private final Envelope envelope;
  private Buffer message;
  private final FinalDotGate finalDotGate;
  private final Supplier<Future<Boolean>> onceWaited;
  private final Promise<SendResult> promise = Promise.promise();
  private final long since = SmtpConnection.now();
  private boolean tried;

  PooledMail(
      Envelope envelope,
      Buffer message,
      FinalDotGate finalDotGate,
      Supplier<Future<Boolean>> onceWaited) {
    this.envelope = envelope;
    this.message = message;
    this.finalDotGate = finalDotGate;
    this.onceWaited = onceWaited;
  }

  Envelope envelope() {
    return envelope;
  }

  Buffer message() {
    return message;
  }

  /** The content is out: whatever comes now, it is not written again, and need not be kept. */
  void contentLeft() {
    message = null;
  }

  /** Milliseconds since the mail was handed in. */
  long waited(long now) {
    return now - since;
  }

  /** A gate that throws is closed. */
  boolean mayEnd() {
    try {
      return finalDotGate.open();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** True if something must be noted before the end may leave. */
  boolean notes() {
    return finalDotGate.notes();
  }

  /** Notes it. */
  Future<Void> note() {
    try {
      return Objects.requireNonNull(finalDotGate.note(), "no answer");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Whether its owner still wants it sent after a long wait. */
  Future<Boolean> stillWanted() {
    try {
      return Objects.requireNonNull(onceWaited.get(), "no answer");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Takes the one free try that a stale connection costs; false if it was taken before. */
  boolean takeSecondTry() {
    boolean free = !tried;
    tried = true;
    return free;
  }

  void tell(SendResult outcome) {
    promise.tryComplete(outcome);
  }

  Future<SendResult> future() {
    return promise.future();
  }
}
