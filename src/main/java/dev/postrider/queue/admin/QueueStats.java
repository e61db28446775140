package dev.postrider.queue.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The counts of one queue at one moment, for all workers together.
 *
 * @param ready entries that no worker has read yet
 * @param inFlight entries that workers have read and not settled
 * @param newerFormat entries that wait for a worker of a newer version
 * @param scheduled mail for later
 * @param overdue part of {@code scheduled} whose due time has passed
 * @param pause why and how long the queue is paused, if it is
 * @param totals outcome → how many since the queue was created
 */
public record QueueStats(
    String queue,
    long ready,
    long inFlight,
    long newerFormat,
    long scheduled,
    long overdue,
    long dead,
    long held,
    Ages ages,
    Optional<QueuePause> pause,
    Map<String, Long> totals) {

  /** The outcomes that are counted, in the order in which people read them. */
  public static final List<String> OUTCOMES =
      List.of("sent", "skipped", "scheduled", "deferred", "dead", "held");

  /**
   * By Redis's clock; zero where there is no such mail.
   *
   * @param oldestReady of the oldest entry that no worker has read yet
   * @param oldest of the oldest entry, read or not
   * @param longestOverdue time since the first mail of the schedule was due
   */
  public record Ages(Duration oldestReady, Duration oldest, Duration longestOverdue) {}

  /** Entries that the group has delivered and that are not settled. */
  public long pending() {
    return inFlight + newerFormat;
  }
}
