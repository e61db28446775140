package dev.postrider.cli;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers and durations for people, the same in every locale. */
public final class NumberFormat {

  private NumberFormat() {}

  /** With thousands separators; one decimal for a fraction. */
  public static String of(Number number) {
    return number instanceof Double || number instanceof Float
        ? String.format(Locale.ROOT, "%,.1f", number.doubleValue())
        : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  /** The two largest units: {@code 3d 4h}, {@code 12m 5s}, {@code 250ms}. */
  static String of(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.toDays() > 0) {
      return units(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return units(duration.toHours(), "h", duration.toMinutesPart(), "m");
    }
    return duration.toMinutes() > 0
        ? units(duration.toMinutes(), "m", duration.toSecondsPart(), "s")
        : duration.toSeconds() + "s";
  }

  private static String units(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
  }
}
