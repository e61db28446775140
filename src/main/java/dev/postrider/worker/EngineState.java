package dev.postrider.worker;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.event.EngineMetrics;
import java.time.Duration;
import java.util.List;

/**
 * One engine as it is seen from outside.
 *
 * @param inFlight mails in flight
 * @param delay how long its event loop kept others waiting at worst in the last minute
 * @param connectionStats as of the last second
 * @param engineMetrics what it has counted since the start
 */
public record EngineState(
    int inFlight,
    Duration delay,
    List<ConnectionStats> connectionStats,
    EngineMetrics engineMetrics) {}
