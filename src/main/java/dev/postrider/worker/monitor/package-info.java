/** Checks what the worker depends on: Redis at the start, the event loops, trimmed streams. */
package dev.postrider.worker.monitor;
