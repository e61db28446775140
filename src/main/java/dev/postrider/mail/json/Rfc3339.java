package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads a date and time of RFC 3339 with its offset: {@code 2026-12-01T09:00:00+01:00}.
 *
 * <p>Seconds are required; fractions have up to nine digits. The leap second 23:59:60 UTC is read
 * as 23:59:59, since no clock here counts it. {@code -00:00} is UTC (§4.3).
 */
final class Rfc3339 {

  /** {@code 2026-12-01T09:00:00}: everything before the fraction. */
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

  private static final String OFFSET_SHAPE = "dd:dd";
  private static final int FRACTION_MAX = 9;
  private static final int SECONDS_A_DAY = 86_400;

  private final String text;

  private Rfc3339(String text) {
    this.text = text;
  }

  static Instant parse(String text) throws InvalidMail {
    return new Rfc3339(text).read();
  }

  private Instant read() throws InvalidMail {
    if (!matches(SHAPE, 0)) {
      throw malformed();
    }
    int end = endOfFraction();
    int offset = offset(end);
    int second = number(17, 19);
    boolean leap = second == 60;
    long local = local(leap ? 59 : second).toEpochSecond(ZoneOffset.UTC);
    long utc = local - offset;
    if (leap && Math.floorMod(utc, SECONDS_A_DAY) != SECONDS_A_DAY - 1) {
      throw ValueParser.fault("there is a second 60 at 23:59 UTC only");
    }
    return Instant.ofEpochSecond(utc, leap ? 0 : nanos(end));
  }

  private LocalDateTime local(int second) throws InvalidMail {
    try {
      return LocalDateTime.of(
          number(0, 4), number(5, 7), number(8, 10), number(11, 13), number(14, 16), second);
    } catch (DateTimeException e) {
      throw ValueParser.fault("there is no such date or time");
    }
  }

  private int endOfFraction() throws InvalidMail {
    int end = SHAPE.length();
    if (end == text.length() || text.charAt(end) != '.') {
      return end;
    }
    do {
      end++;
    } while (end < text.length() && isDigit(text.charAt(end)));
    int digits = end - SHAPE.length() - 1;
    if (digits == 0 || digits > FRACTION_MAX) {
      throw malformed();
    }
    return end;
  }

  private int nanos(int end) {
    int nanos = 0;
    for (int i = 1; i <= FRACTION_MAX; i++) {
      int at = SHAPE.length() + i;
      nanos = nanos * 10 + (at < end ? text.charAt(at) - '0' : 0);
    }
    return nanos;
  }

  /** Seconds east of UTC. */
  private int offset(int start) throws InvalidMail {
    if (start == text.length()) {
      throw ValueParser.fault(
          "without an offset the moment is not known: add Z or one such as +01:00");
    }
    char sign = text.charAt(start);
    int length = text.length() - start;
    if ((sign == 'Z' || sign == 'z') && length == 1) {
      return 0;
    }
    boolean signed = sign == '+' || sign == '-';
    if (!signed || length != 1 + OFFSET_SHAPE.length() || !matches(OFFSET_SHAPE, start + 1)) {
      throw malformed();
    }
    int hours = number(start + 1, start + 3);
    int minutes = number(start + 4, start + 6);
    if (hours > 23 || minutes > 59) {
      throw ValueParser.fault("there is no such offset");
    }
    return (sign == '-' ? -1 : 1) * (hours * 60 + minutes) * 60;
  }

  private boolean matches(String shape, int start) {
    if (text.length() - start < shape.length()) {
      return false;
    }
    for (int i = 0; i < shape.length(); i++) {
      if (!matches(shape.charAt(i), text.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(char shape, char c) {
    return switch (shape) {
      case 'd' -> isDigit(c);
      case 'T' -> c == 'T' || c == 't';
      default -> c == shape;
    };
  }

  /** ASCII digits only: Character.isDigit takes those of every script. */
  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int number(int start, int end) {
    int number = 0;
    for (int i = start; i < end; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static InvalidMail malformed() {
    return ValueParser.fault("expected a time of RFC 3339 such as 2026-12-01T09:00:00+01:00");
  }
}
