/** What Prometheus reads: the metrics of this worker, and those that all workers share. */
package dev.postrider.api.metrics;
