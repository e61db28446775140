/** Adds mail to a queue: single mails are sent to Redis in batches. */
package dev.postrider.queue.enqueue;
