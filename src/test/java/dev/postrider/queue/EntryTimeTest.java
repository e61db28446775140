package dev.postrider.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntryTimeTest {

  private static final long NOW = 1_764_000_000_000L;
  private static final long DAY = 86_400_000;

  @ParameterizedTest
  @CsvSource({
    "1764000000000-0, 1764000000000",
    "1763000000000-7, 1763000000000",
    "1000000000000-0, 1000000000000",
    "1764086400000-0, 1764086400000",
    "1763999999-0, 1763999999000",
    "1763999999123456-0, 1763999999123",
    "1763999999123456789-0, 1763999999123",
    "1764086400001-0, 1764000000000",
    "999999999999-0, 1764000000000",
    "1700000000-0, 1764000000000",
    "1700000000000000000-0, 1764000000000",
    "0-1, 1764000000000",
    "5-1, 1764000000000",
    "9223372036854775807-0, 1764000000000",
    "9223372036854775808-0, 1764000000000",
    "18446744073709551615-18446744073709551615, 1764000000000"
  })
  void is_in_ms_or_a_recent_time_in_another_unit_or_the_clock(String id, long expected) {
    assertEquals(expected, EntryTime.storedAt(id, NOW));
  }

  @Test
  void is_the_same_for_days_although_the_unit_is_wrong() {
    assertEquals(NOW, EntryTime.storedAt(NOW + "000000-0", NOW + 30 * DAY));
    assertEquals(NOW + 30 * DAY + 1, EntryTime.storedAt(NOW + "000000-0", NOW + 30 * DAY + 1));
  }

  @Test
  void is_an_unsigned_number() {
    assertEquals(Long.MAX_VALUE, EntryTime.millis("18446744073709551615-0"));
    assertEquals(Long.MAX_VALUE, EntryTime.millis("9223372036854775808-0"));
    assertEquals(0, EntryTime.millis("0-1"));
    assertTrue(EntryTime.isTime(NOW, NOW));
    assertFalse(EntryTime.isTime(NOW + DAY + 1, NOW));
    assertFalse(EntryTime.isTime(999_999_999_999L, NOW));
  }
}
