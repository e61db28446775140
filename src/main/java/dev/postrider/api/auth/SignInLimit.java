package dev.postrider.api.auth;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Limits sign-in tries per minute, per address and in total. The total also bounds the memory. */
@Singleton
final class SignInLimit {

  static final int PER_ADDRESS_MAX = 10;
  static final int TOTAL_MAX = 100;
  private static final long WINDOW_NANOS = 60_000_000_000L;

  private final Map<String, Integer> tries = new HashMap<>();
  private int total;
  private long windowStart = System.nanoTime();

  /** Counts a try; false above the limit. */
  boolean tryAcquire(String address) {
    return tryAcquire(address, System.nanoTime());
  }

  synchronized boolean tryAcquire(String address, long now) {
    if (now - windowStart >= WINDOW_NANOS) {
      tries.clear();
      total = 0;
      windowStart = now;
    }
    // The total is checked first, so that the map holds at most TOTAL_MAX addresses.
    return total < TOTAL_MAX
        && ++total > 0
        && tries.merge(network(address), 1, Integer::sum) <= PER_ADDRESS_MAX;
  }

  /** One IPv6 client has a whole /64 network. */
  private static String network(String address) {
    try {
      // The text is an IP address: no DNS query is made.
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 8)));
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
