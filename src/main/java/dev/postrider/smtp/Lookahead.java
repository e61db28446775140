package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The mail whose envelope left in the same write as the content of the one in hand (RFC 2920 §3.1).
 * Nothing of it can be sent before its own content leaves, so until its turn comes it may be taken
 * back at any time, at the price of the connection.
 *
 * <p>Only a server that was swift with the content before is trusted with one: mail must not stand
 * behind a slow answer while other connections come free.
 */
final class Lookahead {

  /** Longest last answer to a content, in milliseconds, behind which another mail may stand. */
  static final long FAST_REPLY_MS = 250;

  /** How long it stands there, in milliseconds, before it is taken back. */
  static final long WAIT_TIMEOUT_MS = 1_000;

  private boolean repliesFast;
  private long contentEndedAt;
  private PooledMail pooledMail;
  private Transaction transaction;

  /** The content in hand ends now. */
  void contentEnded(long now) {
    contentEndedAt = now;
  }

  /** The server has answered the content. */
  void contentAnswered(long now) {
    repliesFast = now - contentEndedAt < FAST_REPLY_MS;
  }

  boolean isAllowed() {
    return repliesFast;
  }

  /** Lets the mail stand behind the one in hand; emits what is to be written, if it may be sent. */
  Optional<Buffer> add(PooledMail next, Transaction nextTransaction) {
    Optional<Buffer> envelope = nextTransaction.envelopeCommands();
    if (envelope.isPresent()) {
      pooledMail = next;
      transaction = nextTransaction;
    }
    return envelope;
  }

  boolean hasMail() {
    return pooledMail != null;
  }

  boolean isExpired(long now) {
    return hasMail() && now - contentEndedAt >= WAIT_TIMEOUT_MS;
  }

  /** Its turn has come. */
  Transaction takeTransaction() {
    Transaction next = transaction;
    takeMail();
    return next;
  }

  /** It stands there no more. */
  PooledMail takeMail() {
    PooledMail taken = pooledMail;
    pooledMail = null;
    transaction = null;
    return taken;
  }
}
