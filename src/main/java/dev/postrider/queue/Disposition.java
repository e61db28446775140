package dev.postrider.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a settled mail goes. */
public sealed interface Disposition {

  /** Out of the queue: sent or skipped. */
  record Remove() implements Disposition {}

  /**
   * Into the schedule.
   *
   * @param due when it is promoted
   * @param parked progress, line feed, JSON of the mail
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to Redis, never changed.
  record Schedule(Due due, byte[] parked) implements Disposition {}

  /**
   * Into the dead or the held stream.
   *
   * @param held true for held, false for dead
   * @param fields names and values of its entry there, in turn; Redis itself adds the mail
   */
  record DeadLetter(boolean held, List<byte[]> fields) implements Disposition {}

  /** A point in time by Redis's clock, so that a worker's own clock decides nothing. */
  record Due(String notation) {

    /** At an instant. */
    public static Due at(Instant instant) {
      return new Due("=" + instant.toEpochMilli());
    }

    /** After a delay from the moment Redis settles the mail, but not later than an instant. */
    public static Due in(Duration delay, Optional<Instant> latest) {
      String bound = latest.map(instant -> " <" + instant.toEpochMilli()).orElse("");
      return new Due("+" + delay.toMillis() + bound);
    }
  }
}
