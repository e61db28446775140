/**
 * Submits messages by SMTP (RFC 5321) over Vert.x: sessions that pipeline, pools that reuse them,
 * and outcomes that tell <em>accepted</em>, <em>surely not sent</em> and <em>unknown</em> apart.
 *
 * <p>Knows bytes and envelopes only and needs nothing but Vert.x core, so it can be used alone: one
 * {@link dev.postrider.smtp.SmtpPool} per event loop and server.
 */
package dev.postrider.smtp;
