/**
 * The store: every key name, every script, and dedicated connections whose commands all have an
 * end.
 */
package dev.postrider.redis;
