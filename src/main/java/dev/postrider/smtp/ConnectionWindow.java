package dev.postrider.smtp;

import dev.postrider.smtp.PoolState.Adaptation;
import java.time.Duration;
import java.util.Optional;

/**
 * How many connections the server accepts, as far as we know. Shrinks at once when the server
 * pushes back and grows with success: fast up to the last limit seen, then by one for every round
 * of mails.
 */
final class ConnectionWindow {

  private final int max;
  private double size;
  private double threshold;
  private long shrunkAt;
  private String cause = "";

  ConnectionWindow(int max) {
    this.max = max;
    this.size = max;
    this.threshold = max;
  }

  int max() {
    return max;
  }

  /** From 1 to the configured number. */
  int size() {
    return (int) size;
  }

  /**
   * The server accepts no more than this. 0 is no limit seen: the server may be down, so the window
   * grows back fast to half of what it was.
   *
   * @param why for people
   */
  void shrink(int connections, long now, String why) {
    if (size() == max) {
      shrunkAt = now;
    }
    cause = why;
    threshold = connections > 0 ? connections : Math.max(1, size / 2);
    size = Math.max(1, Math.min(size, connections));
  }

  /** A mail was answered. */
  void grow() {
    if (size < max) {
      size = Math.min(max, size + (size < threshold ? 1 : 1 / size));
    }
  }

  /** Since when it is below the configured number, and what the server said last. */
  Optional<Adaptation> shrunk(long now) {
    return size() == max
        ? Optional.empty()
        : Optional.of(new Adaptation("connections", Duration.ofMillis(now - shrunkAt), cause));
  }
}
