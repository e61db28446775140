/** The consumers of a queue: who is alive, and whose pending entries are reclaimed. */
package dev.postrider.queue.consumer;
