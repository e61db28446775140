/**
 * A mail and its possible outcomes.
 *
 * <p>Plain Java, no framework.
 */
package dev.postrider.mail;
