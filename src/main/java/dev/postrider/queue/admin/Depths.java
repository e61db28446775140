package dev.postrider.queue.admin;

import java.util.Map;
import java.util.Optional;

/**
 * How much of what one queue held at one moment.
 *
 * @param queue its name
 * @param ready entries that no worker has read
 * @param inFlight entries that workers have read and not settled
 * @param scheduled mail for later
 * @param overdue part of {@code scheduled} whose time has come
 * @param dead entries of the dead stream
 * @param held entries of the held stream
 * @param queuePause why and how long the queue rests, if it does
 * @param newer entries of a newer format, which wait for workers that know it
 * @param totals outcome → how many since the queue exists
 */
public record Depths(
    String queue,
    long ready,
    long inFlight,
    long scheduled,
    long overdue,
    long dead,
    long held,
    Optional<QueuePause> queuePause,
    long newer,
    Map<String, Long> totals) {}
