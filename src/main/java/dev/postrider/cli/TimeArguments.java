package dev.postrider.cli;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads times and lengths of time as people type them. */
public final class TimeArguments {

  private static final Duration LONGEST = Duration.ofDays(366);

  private TimeArguments() {}

  /**
   * A length of time from 1 ms to 366 days: {@code 10m}, {@code 2h}, {@code 1d}, ISO 8601.
   *
   * @param option named in the complaint
   */
  static Duration span(String option, String text) {
    try {
      Duration span = DurationConverter.parseDuration(text);
      if (span.toMillis() >= 1 && span.compareTo(LONGEST) <= 0) {
        return span;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The same sentence for what is no time and for one that is too long.
    }
    throw new WrongUsage(option + " expects 10m, 2h, 1d or ISO 8601, from 1 ms to 366 days.");
  }

  /**
   * As {@link #span}, or {@code 0}.
   *
   * @param option named in the complaint
   */
  public static Duration delay(String option, String text) {
    return text.equals("0") ? Duration.ZERO : span(option, text);
  }

  /**
   * A moment in the past: how long ago, or RFC 3339.
   *
   * @param option named in the complaint
   */
  public static Instant past(String option, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.now().minus(span(option, text));
    }
  }
}
