package dev.postrider.support.smtpserver;

import java.util.List;
import java.util.Optional;

/** How far one connection has come, for a {@link AnswerScript} to look at. */
public interface Dialogue {

  /** Number of the connection, counted from 1 by the server. */
  long connection();

  /** Mails this connection has handed over so far. */
  int mails();

  /** Whether the connection is encrypted by now. */
  boolean tls();

  /** Whom the client has proved to be. */
  Optional<String> authenticatedAs();

  /**
   * The accepted MAIL FROM address, {@code ""} for the null sender; empty outside a transaction.
   */
  Optional<String> sender();

  /** The accepted RCPT TO addresses of this transaction, in order. */
  List<String> recipients();

  /** Whether the content of this transaction comes by BDAT. */
  boolean chunked();

  /** Content octets of this transaction that have come in so far. */
  long contentSize();
}
