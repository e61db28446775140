/**
 * What a mail is, and how it can end.
 *
 * <p>Plain Java, no framework.
 */
package dev.postrider.mail;
