package dev.postrider.api.auth;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a token may be tried at the sign-in: per address and in all, counted by the minute.
 * Memory is bounded: when too many addresses try, nobody new may.
 */
@Singleton
final class SignInLimit {

  static final int PER_ADDRESS_MAX = 10;
  static final int TOTAL_MAX = 100;
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private final Map<String, Integer> tries = new HashMap<>();
  private int total;
  private long windowStart = System.nanoTime();

  /** Counts a try; false if it is one too many. */
  boolean tryAcquire(String address) {
    return tryAcquire(address, System.nanoTime());
  }

  synchronized boolean tryAcquire(String address, long now) {
    if (now - windowStart >= WINDOW_NANOS) {
      tries.clear();
      total = 0;
      windowStart = now;
    }
    // All are counted before an address is remembered, so that no more than these are.
    return total < TOTAL_MAX
        && ++total > 0
        && tries.merge(network(address), 1, Integer::sum) <= PER_ADDRESS_MAX;
  }

  /** Who has one IPv6 address has 2^64 of them. */
  private static String network(String address) {
    try {
      // The text is an address already, so nothing is looked up.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 8)));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
