/**
 * Submits messages by SMTP (RFC 5321) over Vert.x: sessions that pipeline, pools that reuse them,
 * and outcomes that tell <em>accepted</em>, <em>surely not sent</em> and <em>unknown</em> apart.
 *
 * <p>Knows bytes and envelopes only and needs nothing but Vert.x core, so it can be used alone: one
 * {@link dev.postrider.smtp.SmtpPool} per event loop and server.
 *
 * <table>
 * <caption>What becomes of a mail</caption>
 * <tr><th>event</th><th>outcome</th><th>connection</th></tr>
 * <tr><td>2yz to the end of the content</td><td>accepted</td><td>kept</td></tr>
 * <tr><td>4yz or 5yz to MAIL, every RCPT, DATA or the content</td><td>refused</td><td>kept</td></tr>
 * <tr><td>421 at any point</td><td>refused</td><td>closed; fewer, after a pause</td></tr>
 * <tr><td>4yz or 5yz to the greeting, EHLO, STARTTLS or AUTH</td><td>refused, for those who wait and
 * have no other connection</td><td>closed; after a pause</td></tr>
 * <tr><td>loss, time-out or nonsense before the end of the content was written</td><td>not sent</td>
 * <td>cut</td></tr>
 * <tr><td>the same afterwards</td><td>unknown, unless the envelope was refused</td><td>cut</td></tr>
 * <tr><td>a reused connection is gone before its first reply, or says 421</td><td>none: the mail goes
 * out on another, once</td><td>closed</td></tr>
 * <tr><td>the gate is closed</td><td>not sent</td><td>cut if anything was written</td></tr>
 * </table>
 *
 * <p>In the order of the conversation: {@code Connector} connects, {@code Handshake} and {@code
 * Authenticator} make a {@code Session} ready, a {@code Transaction} speaks for one mail by its
 * {@code TransactionPlan} and {@code CommandWriter}, {@code ContentWriter} writes the content,
 * {@code Lookahead} holds the mail whose envelope leaves behind it, {@code EnvelopeReplies} keeps
 * what was said. Below them all {@code SmtpConnection} carries replies, one deadline and one end.
 */
package dev.postrider.smtp;
