/** Reads entries from Redis while slots are free, fairly between queues, and decodes them. */
package dev.postrider.worker.fetch;
