/**
 * Reads a mail from JSON, strictly.
 *
 * <p>Plain Java with a streaming parser. Everything that later reaches a header or an SMTP envelope
 * is checked here, once.
 */
package dev.postrider.mail.json;
