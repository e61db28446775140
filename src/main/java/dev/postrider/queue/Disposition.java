package dev.postrider.queue;

import dev.postrider.queue.deadletter.DeadLetterStream.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where a settled mail goes. */
public sealed interface Disposition {

  /** The answer of the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One answer per case, so that none is forgotten. */
  interface Cases<R> {
    R remove();

    R schedule(Schedule schedule);

    R deadLetter(DeadLetter deadLetter);
  }

  /** Out of the queue: sent or skipped. */
  record Remove() implements Disposition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.remove();
    }
  }

  /**
   * Into the schedule.
   *
   * @param due when it is promoted
   * @param parked attempt history, line feed, JSON of the mail
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to Redis, never changed.
  record Schedule(Due due, byte[] parked) implements Disposition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.schedule(this);
    }
  }

  /**
   * Into the dead or the held stream.
   *
   * @param fields names and values of its entry there, in turn; Redis itself adds the mail
   */
  record DeadLetter(Kind kind, List<byte[]> fields) implements Disposition {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deadLetter(this);
    }
  }

  /** A point in time by Redis's clock, so that the clock of a worker does not matter. */
  record Due(String notation) {

    /** At an instant. */
    public static Due at(Instant instant) {
      return new Due("=" + millis(instant));
    }

    /** After a delay from the moment Redis settles the mail, but not later than an instant. */
    public static Due in(Duration delay, Optional<Instant> latest) {
      String bound = latest.map(instant -> " <" + millis(instant)).orElse("");
      return new Due("+" + delay.toMillis() + bound);
    }

    /** The first whole millisecond that is not before the instant. */
    private static long millis(Instant instant) {
      return instant.plusNanos(999_999).toEpochMilli();
    }
  }
}
