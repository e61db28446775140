/**
 * Dev mode: an embedded Redis, and a mail server with an inbox.
 *
 * <p>Absent from production.
 */
package dev.postrider.dev;
