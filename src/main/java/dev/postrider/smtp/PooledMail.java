package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.Supplier;

/** One mail in a pool, and the promise of its result. */
final class PooledMail {

  private final Envelope envelope;
  private Buffer message;
  private final FinalDotGate finalDotGate;
  private final Supplier<Future<Boolean>> stillValid;
  private final long queuedAt;
  private final Promise<SendResult> promise = Promise.promise();
  private boolean resent;

  PooledMail(
      Envelope envelope,
      Buffer message,
      FinalDotGate finalDotGate,
      Supplier<Future<Boolean>> stillValid,
      long queuedAt) {
    this.envelope = envelope;
    this.message = message;
    this.finalDotGate = finalDotGate;
    this.stillValid = stillValid;
    this.queuedAt = queuedAt;
  }

  Envelope envelope() {
    return envelope;
  }

  Buffer message() {
    return message;
  }

  /** Frees the memory of the content: it has left and is never written again. */
  void releaseContent() {
    message = null;
  }

  boolean hasContent() {
    return message != null;
  }

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

  boolean needsIntent() {
    return finalDotGate.needsIntent();
  }

  Future<Void> recordIntent() {
    try {
      return Objects.requireNonNull(finalDotGate.recordIntent(), "no answer");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Whether the mail is still to be sent after a long wait. */
  Future<Boolean> stillValid() {
    try {
      return Objects.requireNonNull(stillValid.get(), "no answer");
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Takes the one free try that a stale connection costs; false if it is used up. */
  boolean takeResend() {
    boolean free = !resent;
    resent = true;
    return free;
  }

  boolean isResent() {
    return resent;
  }

  void complete(SendResult result) {
    promise.tryComplete(result);
  }

  Future<SendResult> future() {
    return promise.future();
  }
}
