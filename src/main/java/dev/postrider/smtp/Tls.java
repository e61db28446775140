package dev.postrider.smtp;

/** When a connection is encrypted. A connection that must be encrypted never uses clear text. */
public enum Tls {
  /** Never, even if the server offers it. */
  NONE,
  /** By STARTTLS where the server offers it. An attacker can remove the offer unseen. */
  STARTTLS_OPTIONAL,
  /** By STARTTLS; without it nothing is sent. */
  STARTTLS_REQUIRED,
  /** From the first byte (RFC 8314 §3.3), usually on port 465. */
  IMPLICIT
}
