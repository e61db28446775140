package dev.postrider.queue.admin;

import java.time.Duration;

/**
 * What waited in one queue at one moment, for all workers together. Ages are by Redis's clock and
 * zero where nothing waits.
 *
 * @param queue its name
 * @param unread entries that no worker has read
 * @param pending entries that workers have read and not settled
 * @param oldestUnread age of the oldest entry that no worker has read
 * @param oldest age of the oldest entry, read or not
 * @param scheduled mail for later
 * @param overdue how long the first mail of the schedule has been due
 * @param dead entries of the dead stream
 * @param held entries of the held stream
 * @param paused true while the queue rests
 */
public record Backlog(
    String queue,
    long unread,
    long pending,
    Duration oldestUnread,
    Duration oldest,
    long scheduled,
    Duration overdue,
    long dead,
    long held,
    boolean paused) {}
