package dev.postrider.config;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;

/** Reads durations of requests and options, as Quarkus reads those of settings. */
public final class DurationText {

  /** For error messages. */
  public static final String EXPECTED = "10m, 2h, 1d or ISO 8601, from 1 ms to 366 days";

  private static final Duration LONGEST = Duration.ofDays(366);

  private DurationText() {}

  /** A duration from 1 ms to 366 days; empty for any other text. */
  public static Optional<Duration> parse(String text) {
    try {
      return Optional.ofNullable(DurationConverter.parseDuration(text))
          .filter(duration -> duration.toMillis() >= 1 && duration.compareTo(LONGEST) <= 0);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
