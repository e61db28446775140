/** The metrics for Prometheus: of this worker, and of the queues that all workers share. */
package dev.postrider.api.metrics;
