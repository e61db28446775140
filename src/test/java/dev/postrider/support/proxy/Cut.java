package dev.postrider.support.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a connection is cut. The server gets all that passed, then a FIN; the client gets a FIN, or
 * a RST if so wanted.
 *
 * @param direction the lane that is watched
 * @param pattern the octets that are waited for; empty if their number decides
 * @param octets how many octets pass before the cut, counted for each connection
 * @param behind whether the pattern itself still passes
 * @param byReset whether the client gets a RST
 */
public record Cut(
    Direction direction, Optional<byte[]> pattern, long octets, boolean behind, boolean byReset) {

  /** Cuts when this many octets have passed in the lane. */
  public static Cut afterOctets(Direction direction, long octets) {
    return new Cut(direction, Optional.empty(), octets, false, false);
  }

  /** Cuts as soon as the pattern has passed: {@code after(UP, "\r\n.\r\n")} loses the reply. */
  public static Cut after(Direction direction, String pattern) {
    return of(direction, pattern, true);
  }

  /**
   * Cuts before the pattern passes. Should it come in several packets, those of its octets that
   * came earlier have passed.
   */
  public static Cut before(Direction direction, String pattern) {
    return of(direction, pattern, false);
  }

  /** The same cut, but the client gets a RST. */
  public Cut reset() {
    return new Cut(direction, pattern, octets, behind, true);
  }

  private static Cut of(Direction direction, String pattern, boolean behind) {
    byte[] octets = pattern.getBytes(StandardCharsets.UTF_8);
    return new Cut(direction, Optional.of(octets), 0, behind, false);
  }
}
