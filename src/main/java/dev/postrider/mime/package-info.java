/**
 * Composes the bytes of an RFC 5322 message from a {@link dev.postrider.mail.Mail}.
 *
 * <p>Plain Java, no framework. The same mail and the same stamp always give the same bytes: every
 * line ends with CRLF, every byte is below 128 (unless a local part needs SMTPUTF8), no line starts
 * with a dot, and no line is longer than 998 characters.
 */
package dev.postrider.mime;
