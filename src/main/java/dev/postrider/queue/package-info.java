/**
 * The queue in Redis: reading entries, settling them, accepting new mail, taking over and counting.
 */
package dev.postrider.queue;
