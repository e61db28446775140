package dev.postrider.mime;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Formats date and time of RFC 5322 §3.3, in English in every locale. */
final class DateField {

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final int SECONDS_PER_MINUTE = 60;

  private DateField() {}

  /** For example {@code Sun, 22 Nov 2026 13:10:59 +0100}. */
  static String of(Instant instant, ZoneId zone) {
    ZonedDateTime time = instant.atZone(zone);
    StringBuilder date = new StringBuilder(31);
    date.append(abbreviation(DAYS, time.getDayOfWeek().getValue())).append(", ");
    date.append(time.getDayOfMonth()).append(' ');
    date.append(abbreviation(MONTHS, time.getMonthValue())).append(' ');
    date.append(time.getYear()).append(' ');
    twoDigits(date, time.getHour()).append(':');
    twoDigits(date, time.getMinute()).append(':');
    twoDigits(date, time.getSecond()).append(' ');
    offset(date, time.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE);
    return date.toString();
  }

  private static String abbreviation(String names, int number) {
    return names.substring(3 * (number - 1), 3 * number);
  }

  private static void offset(StringBuilder date, int minutes) {
    date.append(minutes < 0 ? '-' : '+');
    twoDigits(date, Math.abs(minutes) / 60);
    twoDigits(date, Math.abs(minutes) % 60);
  }

  private static StringBuilder twoDigits(StringBuilder date, int value) {
    return date.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }
}
