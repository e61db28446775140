/**
 * The words: what a mail is, what may become of it, and the strict reading of it from JSON.
 *
 * <p>Plain Java, no framework. Everything that later reaches a header or an SMTP envelope is
 * checked here, once.
 */
package dev.postrider.mail;
