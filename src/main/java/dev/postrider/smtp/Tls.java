package dev.postrider.smtp;

/** When a connection is encrypted. Once it should be, there is no way back to clear text. */
public enum Tls {
  /** Never, even if the server offers it. */
  NONE,
  /** By STARTTLS where the server offers it. An attacker who strips the offer goes unnoticed. */
  STARTTLS_OPTIONAL,
  /** By STARTTLS, or nothing is sent. */
  STARTTLS_REQUIRED,
  /** From the first byte (RFC 8314 §3.3), usually on port 465. */
  IMPLICIT
}
