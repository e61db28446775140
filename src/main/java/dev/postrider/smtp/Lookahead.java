package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The mail whose envelope leaves in the same write as the content of the current mail (RFC 2920
 * §3.1). It cannot be accepted before its own content leaves, so until its turn comes it may be
 * removed at any time, at the price of the connection.
 *
 * <p>Used only if the server answered the last content fast: mail must not wait behind a slow
 * answer while other connections become free.
 */
final class Lookahead {

  /** Longest time to the last answer to a content, in milliseconds, that allows a lookahead. */
  static final long FAST_REPLY_MS = 250;

  /** How long a mail waits here, in milliseconds, before it is removed. */
  static final long WAIT_TIMEOUT_MS = 1_000;

  private boolean repliesFast;
  private long contentEndedAt;
  private PooledMail mail;
  private Transaction transaction;

  /** The content of the current mail ends now. */
  void contentEnded(long now) {
    contentEndedAt = now;
  }

  /** The server has accepted the content. */
  void contentAnswered(long now) {
    repliesFast = now - contentEndedAt < FAST_REPLY_MS;
  }

  boolean isAllowed() {
    return repliesFast;
  }

  /** Adds the mail unless it is refused before it is tried; returns the commands to write. */
  Optional<Buffer> add(PooledMail next, Transaction nextTransaction) {
    Optional<Buffer> envelope = nextTransaction.envelopeCommands();
    if (envelope.isPresent()) {
      mail = next;
      transaction = nextTransaction;
    }
    return envelope;
  }

  boolean hasMail() {
    return mail != null;
  }

  /** Null if there is none. */
  PooledMail mail() {
    return mail;
  }

  boolean isExpired(long now) {
    return hasMail() && now - contentEndedAt >= WAIT_TIMEOUT_MS;
  }

  /** Removes the mail because its turn has come. */
  Transaction takeTransaction() {
    Transaction next = transaction;
    takeMail();
    return next;
  }

  /** Removes the mail because it needs another connection. */
  PooledMail takeMail() {
    PooledMail taken = mail;
    mail = null;
    transaction = null;
    return taken;
  }
}
