/**
 * What a developer runs beside Postrider: an embedded Redis and a mail server with an inbox.
 *
 * <p>Absent from production; only tests and benchmarks import it.
 */
package dev.postrider.dev;
