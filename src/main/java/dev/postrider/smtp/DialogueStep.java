package dev.postrider.smtp;

import java.time.Duration;

/** Whose reply is awaited in the dialogue of one mail. */
enum DialogueStep {
  RSET,
  MAIL,
  RCPT,
  DATA,
  /** The end of nothing, for a server that wants data although it refused everyone. */
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

  /** Where the mail is, as long as the end of its content has not left. */
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
