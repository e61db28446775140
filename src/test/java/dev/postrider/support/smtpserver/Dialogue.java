package dev.postrider.support.smtpserver;

import java.util.List;
import java.util.Optional;

/** The state of one connection, for an {@link AnswerScript}. */
public interface Dialogue {

  /** Number of the connection, counted from 1 by the server. */
  long connection();

  /** Mails accepted on this connection so far. */
  int mails();

  /** Whether the connection is encrypted. */
  boolean tls();

  /** The authenticated user. */
  Optional<String> authenticatedAs();

  /**
   * The accepted MAIL FROM address, {@code ""} for the null sender; empty outside a transaction.
   */
  Optional<String> sender();

  /** The accepted RCPT TO addresses of this transaction, in order. */
  List<String> recipients();

  /** Whether the content of this transaction comes by BDAT. */
  boolean chunked();

  /** Content bytes of this transaction that have come in so far. */
  long contentSize();
}
