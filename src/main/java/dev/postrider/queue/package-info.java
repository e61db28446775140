/** The queue in Redis: reads entries, settles them, and tells how each attempt went so far. */
package dev.postrider.queue;
