package dev.postrider.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers and lengths of time as people read them, the same in every locale. */
public final class NumberFormat {

  private NumberFormat() {}

  /** Thousands apart, and one decimal for a fraction. */
  public static String of(Number number) {
    return number instanceof Double || number instanceof Float
        ? String.format(Locale.ROOT, "%,.1f", number.doubleValue())
        : String.format(Locale.ROOT, "%,d", number.longValue());
  }

  /** The two largest units: {@code 3d 4h}, {@code 12m 5s}, {@code 250ms}. */
  static String of(Duration time) {
    if (time.compareTo(Duration.ofSeconds(1)) < 0) {
      return time.toMillis() + "ms";
    }
    if (time.toDays() > 0) {
      return two(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return two(time.toHours(), "h", time.toMinutesPart(), "m");
    }
    return time.toMinutes() > 0
        ? two(time.toMinutes(), "m", time.toSecondsPart(), "s")
        : time.toSeconds() + "s";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + largeUnit + (small == 0 ? "" : " " + small + smallUnit);
  }
}
