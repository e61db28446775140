package dev.postrider.smtp;

import java.time.Duration;

/** The steps of a transaction; the reply to one of them is awaited. */
enum DialogueStep {
  RSET,
  MAIL,
  RCPT,
  DATA,
  /** Ends an empty content, for a server that wants data although it refused all recipients. */
  LONE_DOT,
  /** The content, by DATA or BDAT. */
  CONTENT;

  /** How long the reply may take. */
  Duration timeout(Timeouts timeouts) {
    return switch (this) {
      case RSET, MAIL, RCPT -> timeouts.envelope();
      case DATA -> timeouts.data();
      case LONE_DOT, CONTENT -> timeouts.dot();
    };
  }

  /** The phase of the mail before the end of its content has left. */
  Phase phase() {
    return this == DATA || this == CONTENT ? Phase.DATA : Phase.ENVELOPE;
  }

  @Override
  public String toString() {
    return switch (this) {
      case RSET, MAIL, RCPT, DATA -> name();
      case LONE_DOT, CONTENT -> "the end of the content";
    };
  }
}
