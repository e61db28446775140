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

  static final int OF_ONE_MAX = 10;
  static final int OF_ALL_MAX = 100;
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private final Map<String, Integer> tries = new HashMap<>();
  private int all;
  private long since = System.nanoTime();

  /** Counts a try; false if it is one too many. */
  boolean admits(String address) {
    return admits(address, System.nanoTime());
  }

  synchronized boolean admits(String address, long now) {
    if (now - since >= WINDOW_NANOS) {
      tries.clear();
      all = 0;
      since = now;
    }
    // All are counted before an address is remembered, so that no more than these are.
    return all < OF_ALL_MAX
        && ++all > 0
        && tries.merge(network(address), 1, Integer::sum) <= OF_ONE_MAX;
  }

  /** Who has one IPv6 address has 2^64 of them. */
  private static String network(String address) {
    try {
      // The text is an address already, so nothing is looked up.
      byte[] octets = InetAddress.getByName(address).getAddress();
      return Arrays.toString(Arrays.copyOf(octets, Math.min(octets.length, 8)));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
