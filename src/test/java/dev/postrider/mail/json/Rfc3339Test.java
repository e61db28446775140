package dev.postrider.mail.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.postrider.mail.InvalidMail;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which moment a time of RFC 3339 means; what is none is in {@code mails/refused.txt}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Rfc3339Test {

  @Test
  void counts_the_offset() throws InvalidMail {
    assertMoment("2026-12-01T08:00:00Z", "2026-12-01T09:00:00+01:00");
    assertMoment("2026-12-01T08:00:00Z", "2026-12-01t08:00:00z");
    assertMoment("2026-12-01T14:30:00Z", "2026-12-01T09:00:00-05:30");
    assertMoment("2026-11-30T09:01:00Z", "2026-12-01T09:00:00+23:59");
    assertMoment("2026-12-01T09:00:00Z", "2026-12-01T09:00:00-00:00");
  }

  @Test
  void takes_the_offset_as_given_at_the_edges_of_years_and_clock_changes() throws InvalidMail {
    assertMoment("2026-12-31T10:00:00Z", "2027-01-01T00:00:00+14:00");
    assertMoment("2027-01-01T11:59:59Z", "2026-12-31T23:59:59-12:00");
    assertMoment("9999-12-31T09:59:59Z", "9999-12-31T23:59:59+14:00");
    assertMoment("+10000-01-01T11:59:59Z", "9999-12-31T23:59:59-12:00");
    assertMoment("2026-03-29T01:30:00Z", "2026-03-29T02:30:00+01:00"); // no such time in Paris
    assertMoment("2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"); // the first of two
    assertMoment("2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"); // and the second
    assertMoment("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z");
    for (String offset : List.of("+24:00", "-24:00", "+14:60", "+1:00", "14:00", "+14")) {
      String text = "2027-01-01T00:00:00" + offset;
      assertThrows(InvalidMail.class, () -> Rfc3339.parse(text), text);
    }
  }

  @Test
  void keeps_fractions_to_the_nanosecond() throws InvalidMail {
    assertMoment("2026-12-01T09:00:00.5Z", "2026-12-01T09:00:00.5Z");
    assertMoment("2026-12-01T09:00:00.000000001Z", "2026-12-01T09:00:00.000000001Z");
    assertMoment("2026-12-01T08:00:00.123456789Z", "2026-12-01T09:00:00.123456789+01:00");
  }

  @Test
  void reads_a_leap_second_as_the_second_before() throws InvalidMail {
    assertMoment("2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z");
    assertMoment("2016-12-31T23:59:59Z", "2016-12-31T15:59:60.9-08:00");
    assertThrows(InvalidMail.class, () -> Rfc3339.parse("2016-12-31T23:59:60+01:00"));
  }

  @Test
  void knows_every_year_of_four_digits() throws InvalidMail {
    assertMoment("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z");
    assertMoment("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z");
    assertMoment("2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z");
  }

  @Test
  void agrees_with_the_jdk() throws InvalidMail {
    Random random = new Random(3339);
    for (int round = 0; round < 20_000; round++) {
      Instant moment = Instant.ofEpochSecond(random.nextLong() % 60_000_000_000L, random.nextInt());
      ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(36 * 60) - 18 * 60) * 60);
      OffsetDateTime time = moment.atOffset(offset);
      if (time.getYear() >= 0) {
        assertEquals(moment, Rfc3339.parse(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)));
      }
    }
  }

  private static void assertMoment(String expected, String text) throws InvalidMail {
    assertEquals(Instant.parse(expected), Rfc3339.parse(text));
  }
}
