package dev.postrider.support.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a connection is cut. The server gets all that passed, then a FIN; the client gets a FIN, or
 * a RST if so wanted.
 *
 * @param direction the direction that is watched
 * @param pattern the bytes that are waited for; empty if their number decides
 * @param bytes how many bytes pass before the cut, counted for each connection
 * @param behind whether the pattern itself still passes
 * @param byReset whether the client gets a RST
 */
public record Cut(
    Direction direction, Optional<byte[]> pattern, long bytes, boolean behind, boolean byReset) {

  /** Cuts when this many bytes have passed in the direction. */
  public static Cut afterBytes(Direction direction, long bytes) {
    return new Cut(direction, Optional.empty(), bytes, false, false);
  }

  /** Cuts as soon as the pattern has passed: {@code after(UP, "\r\n.\r\n")} loses the reply. */
  public static Cut after(Direction direction, String pattern) {
    return of(direction, pattern, true);
  }

  /**
   * Cuts before the pattern passes. If it comes in several packets, those of its bytes that came
   * earlier have passed.
   */
  public static Cut before(Direction direction, String pattern) {
    return of(direction, pattern, false);
  }

  /** The same cut, but the client gets a RST. */
  public Cut reset() {
    return new Cut(direction, pattern, bytes, behind, true);
  }

  private static Cut of(Direction direction, String pattern, boolean behind) {
    byte[] bytes = pattern.getBytes(StandardCharsets.UTF_8);
    return new Cut(direction, Optional.of(bytes), 0, behind, false);
  }
}
