package dev.postrider.cli;

import dev.postrider.config.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads times and lengths of time as people type them. */
public final class TimeArguments {

  private TimeArguments() {}

  /**
   * A length of time from 1 ms to 366 days: {@code 10m}, {@code 2h}, {@code 1d}, ISO 8601.
   *
   * @param option named in the complaint
   */
  static Duration span(String option, String text) {
    return DurationText.parse(text)
        .orElseThrow(() -> new WrongUsage(option + " expects " + DurationText.EXPECTED + "."));
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
