package dev.postrider.queue.consumer;

import java.time.Instant;
import java.util.Optional;

/**
 * A consumer that holds a lease: one event loop of a worker that is alive.
 *
 * @param consumer its name in the group
 * @param worker the process it belongs to
 * @param host where that runs
 * @param version of Postrider
 * @param started when the process started; empty if it does not say
 * @param inFlight mails in flight when it last renewed, over all queues
 */
public record ConsumerInfo(
    String consumer,
    String worker,
    String host,
    String version,
    Optional<Instant> started,
    int inFlight) {}
