/**
 * What a developer runs beside Postrider: a mail server that accepts everything, an embedded Redis.
 *
 * <p>Absent from production; nothing outside this package imports it but tests and benchmarks.
 */
package dev.postrider.dev;
