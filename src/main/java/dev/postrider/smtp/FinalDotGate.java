package dev.postrider.smtp;

import io.vertx.core.Future;

/**
 * Asked exactly once per mail, just before the end of its content leaves. A closed gate, or one
 * that throws, means that the mail is surely not sent.
 */
@FunctionalInterface
public interface FinalDotGate {

  /** Lets every mail pass. */
  FinalDotGate OPEN = () -> true;

  /** Whether the mail may still go out. Called on the event loop; must not block. */
  boolean isOpen();

  /**
   * True if something must be noted elsewhere first. The content then waits until the server has
   * accepted a recipient, so that little is noted in vain.
   */
  default boolean needsIntent() {
    return false;
  }

  /**
   * Notes it; asked before {@link #isOpen}, and once more if a stale connection is left for
   * another. If it fails, the gate is closed.
   */
  default Future<Void> recordIntent() {
    return Future.succeededFuture();
  }
}
