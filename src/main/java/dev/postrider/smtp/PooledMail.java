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
  private final Supplier<Future<Boolean>> stillValid;
  private final Promise<SendResult> promise = Promise.promise();
  private final long queuedAt = SmtpConnection.now();
  private boolean resent;

  PooledMail(
      Envelope envelope,
      Buffer message,
      FinalDotGate finalDotGate,
      Supplier<Future<Boolean>> stillValid) {
    this.envelope = envelope;
    this.message = message;
    this.finalDotGate = finalDotGate;
    this.stillValid = stillValid;
  }

  Envelope envelope() {
    return envelope;
  }

  Buffer message() {
    return message;
  }

  /** The content is out: whatever comes now, it is not written again, and need not be kept. */
  void releaseContent() {
    message = null;
  }

  /** Milliseconds since the mail was handed in. */
  long waitedMillis(long now) {
    return now - queuedAt;
  }

  /** A gate that throws is closed. */
  boolean isGateOpen() {
    try {
      return finalDotGate.isOpen();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** True if something must be noted before the end may leave. */
  boolean needsIntent() {
    return finalDotGate.needsIntent();
  }

  /** Notes it. */
  Future<Void> recordIntent() {
    try {
      return Objects.requireNonNull(finalDotGate.recordIntent(), "no answer");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Whether its owner still wants it sent after a long wait. */
  Future<Boolean> stillValid() {
    try {
      return Objects.requireNonNull(stillValid.get(), "no answer");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Takes the one free try that a stale connection costs; false if it was taken before. */
  boolean takeResend() {
    boolean free = !resent;
    resent = true;
    return free;
  }

  void complete(SendResult result) {
    promise.tryComplete(result);
  }

  Future<SendResult> future() {
    return promise.future();
  }
}
