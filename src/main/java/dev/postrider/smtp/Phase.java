package dev.postrider.smtp;

/** How far a mail got; up to {@link #DATA} it is surely not sent. */
public enum Phase {
  /** Waiting for a connection, opening it, or its TLS handshake from the first byte. */
  CONNECTING,
  /** Greeting, EHLO and STARTTLS. */
  GREETING,
  /** AUTH. */
  AUTHENTICATING,
  /** MAIL and RCPT. */
  ENVELOPE,
  /** DATA and the content; its end is not yet written. */
  DATA,
  /** The end of the content was handed to the socket: the server may have the mail. */
  DOT,
  /** The server accepted the mail. */
  DONE
}
