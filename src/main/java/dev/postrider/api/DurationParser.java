package dev.postrider.api;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a length of time: {@code 90s}, {@code 10m}, {@code 2h}, {@code 1d}, or ISO 8601. */
final class DurationParser {

  private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** A pause that is longer is meant to be ended by somebody. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private DurationParser() {}

  /**
   * @param pointer where the text stands in the request
   * @throws ProblemException if it is no length of time from 1 ms to 366 days
   */
  static Duration read(String text, String pointer) {
    Duration span = parse(text, pointer);
    if (span.toMillis() < 1 || span.compareTo(LONGEST) > 0) {
      throw refusal(pointer);
    }
    return span;
  }

  private static Duration parse(String text, String pointer) {
    Matcher matcher = SHORT.matcher(text);
    try {
      return matcher.matches()
          ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
          : Duration.parse(text);
    } catch (DateTimeParseException | ArithmeticException e) {
      throw refusal(pointer);
    }
  }

  private static Duration of(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  private static ProblemException refusal(String pointer) {
    return ProblemException.at(
        pointer,
        ProblemType.INVALID_REQUEST,
        "expected 10m, 2h, 1d or ISO 8601, from 1 ms to 366 days");
  }
}
