package dev.postrider.cli;

import dev.postrider.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Parses times and durations of the command line. */
public final class TimeArguments {

  private TimeArguments() {}

  /**
   * A duration from 1 ms to 366 days: {@code 10m}, {@code 2h}, {@code 1d}, ISO 8601.
   *
   * @param option for the error message
   */
  static Duration duration(String option, String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> Exit.wrongUsage(option + " expects " + DurationText.EXPECTED + "."));
  }

  /**
   * As {@link #duration}, or {@code 0}.
   *
   * @param option for the error message
   */
  public static Duration delay(String option, String text) {
    return text.equals("0") ? Duration.ZERO : duration(option, text);
  }

  /**
   * A time in the past: a duration before now, or RFC 3339.
   *
   * @param option for the error message
   */
  public static Instant past(String option, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.now().minus(duration(option, text));
    }
  }
}
