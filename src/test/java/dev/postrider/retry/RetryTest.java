package dev.postrider.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.mail.Reason;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.Optional;
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
    assertEquals(expected, policy.afterUncountedFailure(reason, setbacks, MIDDLE));
  }
}
