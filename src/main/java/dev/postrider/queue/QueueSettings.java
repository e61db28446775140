package dev.postrider.queue;

import java.time.Duration;

/**
 * What the queue keeps and for how long.
 *
 * @param prefix of every key
 * @param eventsMax entries of the events stream; 0 keeps none
 * @param historyMax timelines of each of two generations; 0 keeps none
 * @param deadLettersMax entries of the dead and of the held stream
 * @param leaseTime how long a worker that does not renew keeps its mail
 */
public record QueueSettings(
    String prefix, int eventsMax, int historyMax, int deadLettersMax, Duration leaseTime) {

  /** The queue of mail for which no queue is named. */
  public static final String DEFAULT_QUEUE = "default";
}
