package dev.postrider.event;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A row of counters with one writer and any number of readers. Counting takes no lock, no fence and
 * no memory; a reader sees each counter whole, and soon.
 */
final class Counters {

  private final AtomicLongArray cells;

  Counters(int number) {
    this.cells = new AtomicLongArray(number);
  }

  /** Only ever called by the one writer. */
  void add(int number, long amount) {
    cells.setOpaque(number, cells.getPlain(number) + amount);
  }

  long get(int number) {
    return cells.getOpaque(number);
  }
}
