package dev.postrider.delivery.reply;

import java.util.Locale;

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
  DOT;

  /** The word of the table, such as {@code rcpt}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
