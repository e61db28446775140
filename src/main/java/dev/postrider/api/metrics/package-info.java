/** What Prometheus reads: the numbers of this worker, and those that all workers share. */
package dev.postrider.api.metrics;
