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
  static final long SWIFT_MS = 250;

  /** How long it stands there, in milliseconds, before it is taken back. */
  static final long PATIENCE_MS = 1_000;

  private boolean swift;
  private long since;
  private PooledMail pooledMail;
  private Transaction transaction;

  /** The content in hand ends now. */
  void contentEnds(long now) {
    since = now;
  }

  /** The server has answered the content. */
  void contentAnswered(long now) {
    swift = now - since < SWIFT_MS;
  }

  boolean promising() {
    return swift;
  }

  /** Lets the mail stand behind the one in hand; emits what is to be written, if it may be sent. */
  Optional<Buffer> stand(PooledMail next, Transaction itsOwn) {
    Optional<Buffer> envelope = itsOwn.envelope();
    if (envelope.isPresent()) {
      pooledMail = next;
      transaction = itsOwn;
    }
    return envelope;
  }

  boolean standing() {
    return pooledMail != null;
  }

  boolean overdue(long now) {
    return standing() && now - since >= PATIENCE_MS;
  }

  /** Its turn has come. */
  Transaction step() {
    Transaction next = transaction;
    takeBack();
    return next;
  }

  /** It stands there no more. */
  PooledMail takeBack() {
    PooledMail taken = pooledMail;
    pooledMail = null;
    transaction = null;
    return taken;
  }
}
