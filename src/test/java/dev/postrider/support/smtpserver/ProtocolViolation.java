package dev.postrider.support.smtpserver;

/** What a client must never send. The server counts these and goes on. */
public enum ProtocolViolation {
  /** CR without LF (RFC 5321 §2.3.8). */
  BARE_CR,
  /** LF without CR (RFC 5321 §2.3.8). */
  BARE_LF,
  /** More than 998 bytes before CRLF (RFC 5322 §2.1.1). */
  LONG_LINE,
  /** NUL in the content (RFC 5321 §4.5.2). */
  NUL,
  /** A byte above 127 without {@code BODY=8BITMIME} or {@code SMTPUTF8} (RFC 6152). */
  EIGHT_BIT,
  /** Commands in a group although PIPELINING was not offered (RFC 2920). */
  UNINVITED_PIPELINING,
  /** Content sent before the 354 (RFC 2920 §3.1: DATA ends a group). */
  EARLY_CONTENT,
  /** Bytes after STARTTLS in the same group (RFC 3207 §4.2). */
  PLAINTEXT_AFTER_STARTTLS,
  /** The content ended without CRLF: a BDAT payload whose last line is open. */
  OPEN_LAST_LINE
}
