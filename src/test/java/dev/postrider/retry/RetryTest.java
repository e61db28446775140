package dev.postrider.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryTest {

  private static final double MIDDLE = 0.5;

  private final Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofHours(4));

  private final RetryPolicy policy =
      new RetryPolicy(
          new RetrySettings(
              3,
              backoff,
              new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
              new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10))));

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
  void doubles_up_to_the_longest(int tries, Duration expected) {
    assertEquals(expected, backoff.delay(tries, MIDDLE));
  }

  @Test
  void spreads_by_a_fifth_either_way_and_no_more() {
    assertEquals(Duration.ofSeconds(24), backoff.delay(1, 0));
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      long delay = backoff.delay(2, random.nextDouble()).toMillis();
      assertTrue(delay >= 48_000 && delay <= 72_000, "delay " + delay);
    }
  }

  @Test
  void survives_delays_of_a_lifetime() {
    Backoff long100 = new Backoff(Duration.ofDays(1), Duration.ofDays(36_500));
    assertEquals(Duration.ofDays(36_500), long100.delay(60, MIDDLE));
  }

  @Test
  void allows_as_many_attempts_as_are_set() {
    assertEquals(Optional.of(Duration.ofSeconds(30)), policy.afterAttempt(1, MIDDLE));
    assertEquals(Optional.of(Duration.ofSeconds(60)), policy.afterAttempt(2, MIDDLE));
    assertEquals(Optional.empty(), policy.afterAttempt(3, MIDDLE));
    assertEquals(Optional.empty(), policy.afterAttempt(4, MIDDLE));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION, 1, PT5S", "CONNECTION, 100, PT5M",
    "ROUTE_DOWN, 1, PT5S", "ROUTE_DOWN, 100, PT5M",
    "THROTTLED, 1, PT1M", "THROTTLED, 100, PT10M"
  })
  void waits_out_trouble_without_end(Reason reason, int setbacks, Duration expected) {
    assertEquals(expected, policy.afterSetback(reason, setbacks, MIDDLE));
  }
}
