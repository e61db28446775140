package dev.postrider.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackoffTest {

  private static final double MIDDLE = 0.5;

  private final Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofHours(4));

  @ParameterizedTest
  @CsvSource({
    "1, PT30S",
    "2, PT1M",
    "3, PT2M",
    "9, PT2H8M",
    "10, PT4H",
    "12, PT4H",
    "1000000, PT4H",
    "0, PT30S",
    "-1, PT30S",
    "2147483647, PT4H"
  })
  void doubles_up_to_the_longest(int failures, Duration expected) {
    assertEquals(expected, backoff.delay(failures, MIDDLE));
  }

  @Test
  void jitter_is_at_most_a_fifth_either_way() {
    assertEquals(Duration.ofSeconds(24), backoff.delay(1, 0));
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long delay = backoff.delay(2, random.nextDouble()).toMillis();
      assertTrue(delay >= 48_000 && delay <= 72_000, "delay " + delay);
    }
  }

  @Test
  void a_delay_of_a_hundred_years_does_not_overflow() {
    Backoff long100 = new Backoff(Duration.ofDays(1), Duration.ofDays(36_500));
    assertEquals(Duration.ofDays(36_500), long100.delay(60, MIDDLE));
  }
}
