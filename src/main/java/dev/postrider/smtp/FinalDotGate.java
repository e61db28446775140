package dev.postrider.smtp;

import io.vertx.core.Future;

/**
 * Decides whether the end of a mail's content may leave. Asked once per mail, just before it does.
 * If the gate is closed or throws, the mail is surely not sent.
 */
@FunctionalInterface
public interface FinalDotGate {

  /** Whether the mail may still be sent. Called on the event loop; must not block. */
  boolean isOpen();

  /**
   * Whether the intent to send must be recorded first. The content then waits until the server has
   * accepted a recipient, so that few records are useless.
   */
  default boolean needsIntent() {
    return false;
  }

  /**
   * Records the intent to send; called before {@link #isOpen}, and again if the mail moves from a
   * stale connection to another. If it fails, the gate is closed.
   */
  default Future<Void> recordIntent() {
    return Future.succeededFuture();
  }
}
