package dev.postrider.support;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a connection is cut. The server gets all that passed, then a FIN; the client gets a FIN, or
 * a RST if so wanted.
 *
 * @param lane the lane that is watched
 * @param pattern the octets that are waited for; empty if their number decides
 * @param octets how many octets pass before the cut, counted for each connection
 * @param behind whether the pattern itself still passes
 * @param byReset whether the client gets a RST
 */
public record Cut(
    Lane lane, Optional<byte[]> pattern, long octets, boolean behind, boolean byReset) {

  /** Cuts when this many octets have passed in the lane. */
  public static Cut afterOctets(Lane lane, long octets) {
    return new Cut(lane, Optional.empty(), octets, false, false);
  }

  /** Cuts as soon as the pattern has passed: {@code after(UP, "\r\n.\r\n")} loses the reply. */
  public static Cut after(Lane lane, String pattern) {
    return of(lane, pattern, true);
  }

  /**
   * Cuts before the pattern passes. Should it come in several packets, those of its octets that
   * came earlier have passed.
   */
  public static Cut before(Lane lane, String pattern) {
    return of(lane, pattern, false);
  }

  /** The same cut, but the client gets a RST. */
  public Cut reset() {
    return new Cut(lane, pattern, octets, behind, true);
  }

  private static Cut of(Lane lane, String pattern, boolean behind) {
    byte[] octets = pattern.getBytes(StandardCharsets.UTF_8);
    return new Cut(lane, Optional.of(octets), 0, behind, false);
  }
}
