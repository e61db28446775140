package dev.postrider.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignInLimitTest {

  private static final long MINUTE = 60_000_000_000L;

  private final SignInLimit limit = new SignInLimit();
  private final long now = System.nanoTime();

  @Test
  void admits_one_address_so_often_and_others_still() {
    assertEquals(SignInLimit.PER_ADDRESS_MAX, admitted(50, i -> "192.0.2.1"));
    assertTrue(limit.tryAcquire("192.0.2.2", now));
  }

  @Test
  void takes_all_addresses_of_a_network_for_one() {
    assertEquals(SignInLimit.PER_ADDRESS_MAX, admitted(50, i -> "2001:db8:1:2::" + i));
    assertTrue(limit.tryAcquire("2001:db8:1:3::1", now));
  }

  @Test
  void admits_so_many_in_all_and_none_beyond() {
    assertEquals(SignInLimit.TOTAL_MAX, admitted(1_000, i -> "10.0." + i / 250 + "." + i % 250));
    assertFalse(limit.tryAcquire("192.0.2.1", now));
  }

  @Test
  void starts_at_zero_each_minute() {
    admitted(50, i -> "192.0.2.1");
    assertFalse(limit.tryAcquire("192.0.2.1", now + MINUTE / 2));
    assertTrue(limit.tryAcquire("192.0.2.1", now + 2 * MINUTE));
  }

  private long admitted(int tries, IntFunction<String> address) {
    return IntStream.range(0, tries).filter(i -> limit.tryAcquire(address.apply(i), now)).count();
  }
}
