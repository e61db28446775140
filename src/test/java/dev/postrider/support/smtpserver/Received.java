package dev.postrider.support.smtpserver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A mail that the server accepted. It exists before the final reply is written.
 *
 * @param receivedEnvelope its envelope
 * @param message the mail as its author wrote it: unstuffed, without the final dot
 * @param wire the bytes as they came: after DATA up to and including the final dot line, or the
 *     joined payload of all BDAT chunks
 * @param receivedAt when the last byte had come
 * @param link the connection it came on
 */
public record Received(
    ReceivedEnvelope receivedEnvelope, byte[] message, byte[] wire, Instant receivedAt, Link link) {

  /**
   * @param connection number of the connection, counted from 1
   * @param chunked whether it came by BDAT
   * @param tls whether the connection was encrypted
   * @param authenticatedAs the authenticated user
   */
  public record Link(
      long connection, boolean chunked, boolean tls, Optional<String> authenticatedAs) {}

  /** The same mail without its bytes. */
  public Received withoutContent() {
    return new Received(receivedEnvelope, new byte[0], new byte[0], receivedAt, link);
  }

  /** The MAIL FROM address. */
  public String sender() {
    return receivedEnvelope.sender();
  }

  /** The accepted RCPT TO addresses. */
  public List<String> recipients() {
    return receivedEnvelope.recipients();
  }

  /** Whether it came over TLS. */
  public boolean tls() {
    return link.tls();
  }

  /** The authenticated user. */
  public Optional<String> authenticatedAs() {
    return link.authenticatedAs();
  }
}
