/** Keeps the lease of this worker, and reclaims the mail of workers without one. */
package dev.postrider.worker.lease;
