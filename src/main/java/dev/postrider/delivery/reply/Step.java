package dev.postrider.delivery.reply;

/** The command that a reply answers. */
public enum Step {
  /** The greeting, EHLO, STARTTLS. */
  CONNECT,
  /** AUTH. */
  AUTH,
  /** MAIL. */
  MAIL,
  /** RCPT. */
  RCPT,
  /** DATA, or BDAT before the last one. */
  DATA,
  /** The final dot, or the last BDAT. */
  DOT
}
