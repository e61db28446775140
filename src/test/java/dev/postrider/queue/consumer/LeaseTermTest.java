package dev.postrider.queue.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeaseTermTest {

  private static final Duration LEASE = Duration.ofNanos(30);

  private long now = Long.MAX_VALUE - 10; // A monotonic clock may pass the largest number.
  private final LeaseTerm term = new LeaseTerm(now, LEASE, () -> now);

  @Test
  void holds_for_two_thirds_of_the_lease() {
    now += 19;
    assertTrue(term.holds());
    now += 1;
    assertFalse(term.holds());
    assertFalse(term.hasEnded());
  }

  @Test
  void holds_again_if_the_lease_was_renewed_in_time() {
    now += 29;
    assertTrue(term.renew(now - 19));
    assertTrue(term.holds());
    now += 1;
    assertFalse(term.holds());
  }

  @ParameterizedTest
  @ValueSource(longs = {30, 31, 1_000_000})
  void ends_for_good_if_the_answer_came_when_the_lease_could_be_lost(long late) {
    now += late;
    assertFalse(term.renew(now));
    assertTrue(term.hasEnded());
    assertFalse(term.holds());
  }

  @Test
  void ends_when_it_is_told_to() {
    term.end();
    assertFalse(term.holds());
    assertFalse(term.renew(now));
  }

  @Test
  void has_a_token_of_its_own() {
    assertTrue(term.token() > 0);
    assertEquals(Integer.toString(term.token()), new String(term.writtenToken()));
    assertNotEquals(term.token(), new LeaseTerm(now, LEASE, () -> now).token());
  }
}
