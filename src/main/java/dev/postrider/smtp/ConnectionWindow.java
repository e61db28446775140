package dev.postrider.smtp;

/**
 * How many connections a server seems to bear. Falls at once when it pushes back and comes back
 * with success: fast up to what it is thought to bear, then by one for every round of mails.
 */
final class ConnectionWindow {

  private final int max;
  private double size;
  private double threshold;

  ConnectionWindow(int max) {
    this.max = max;
    this.size = max;
    this.threshold = max;
  }

  /** From 1 to the configured number. */
  int size() {
    return (int) size;
  }

  /** The server bears no more than this; with 0 it may be down, and tells nothing of its limit. */
  void shrink(int connections) {
    threshold = connections > 0 ? connections : Math.max(1, size / 2);
    size = Math.max(1, Math.min(size, connections));
  }

  /** A mail went well. */
  void grow() {
    if (size < max) {
      size = Math.min(max, size + (size < threshold ? 1 : 1 / size));
    }
  }
}
