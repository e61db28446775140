/**
 * Sends mail by SMTP (RFC 5321) over Vert.x: pools reuse connections, commands are pipelined, and
 * each mail ends as <em>accepted</em>, <em>refused</em>, <em>surely not sent</em> or
 * <em>unknown</em>.
 *
 * <p>Needs Vert.x core and {@code timing} only, so it can be used alone: one {@link
 * dev.postrider.smtp.SmtpPool} per event loop and server.
 *
 * <table>
 * <caption>The result of a mail, and its connection</caption>
 * <tr><th>event</th><th>result</th><th>connection</th></tr>
 * <tr><td>2yz to the end of the content</td><td>accepted</td><td>kept</td></tr>
 * <tr><td>4yz or 5yz to MAIL, every RCPT, DATA or the content</td><td>refused</td><td>kept</td></tr>
 * <tr><td>421 at any step</td><td>refused</td><td>closed; fewer connections, after a pause</td></tr>
 * <tr><td>4yz or 5yz to the greeting, EHLO, STARTTLS or AUTH</td><td>refused, for mails that wait if
 * there is no other connection</td><td>closed; the next after a pause</td></tr>
 * <tr><td>loss, timeout or malformed reply before the end of the content was written</td><td>not
 * sent</td><td>aborted</td></tr>
 * <tr><td>the same afterwards</td><td>unknown, unless the envelope was refused</td><td>aborted</td>
 * </tr>
 * <tr><td>a reused connection is lost before its first reply, or the first reply is 421</td><td>none:
 * the mail is sent on another connection, once; with a single write that has left, a loss is
 * unknown and a 421 is refused or unknown</td><td>closed</td></tr>
 * <tr><td>the gate is closed</td><td>not sent</td><td>aborted if the server expects content</td></tr>
 * </table>
 *
 * <p>In the order of the work: {@code SmtpPool} takes mails, {@code ConnectionOpener} opens
 * connections, {@code Handshake} and {@code Authenticator} make a {@code Session} ready, {@code
 * SessionState} says who owns it. A {@code Transaction} sends one mail by its {@code
 * TransactionPlan}: {@code TransactionRules} decide on each reply, {@code CommandWriter} and {@code
 * ContentWriter} write, {@code Lookahead} holds the next mail. Below them all {@code
 * SmtpConnection} reads replies and enforces one deadline.
 */
package dev.postrider.smtp;
