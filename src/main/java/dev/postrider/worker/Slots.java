package dev.postrider.worker;

import dev.postrider.queue.Entry;
import java.util.HashSet;
import java.util.Set;

/**
 * Room for mail in flight on one event loop. A slot is taken before an attempt starts and freed
 * when it is settled; nothing is read for which there is no slot. Lives on one event loop: no
 * locks.
 */
final class Slots {

  private final int capacity;
  private final long bytesMax;
  private final Set<String> taken = new HashSet<>();
  private long bytes;
  private Runnable waiter;
  private int wanted;

  /**
   * @param capacity mails in flight at once
   * @param bytesMax JSON in flight at once; the last mail that fits may go beyond it
   */
  Slots(int capacity, long bytesMax) {
    this.capacity = capacity;
    this.bytesMax = bytesMax;
  }

  int capacity() {
    return capacity;
  }

  int inFlight() {
    return taken.size();
  }

  /** How many entries may be read now. */
  int free() {
    return bytes >= bytesMax ? 0 : capacity - taken.size();
  }

  boolean holds(Entry entry) {
    return taken.contains(name(entry));
  }

  void take(Entry entry) {
    taken.add(name(entry));
    bytes += entry.size();
  }

  void release(Entry entry) {
    if (taken.remove(name(entry))) {
      bytes -= entry.size();
      wake();
    }
  }

  /** Runs once, as soon as so many slots are free; there is only one who waits: the intake. */
  void onceFree(int slots, Runnable then) {
    waiter = then;
    wanted = slots;
    wake();
  }

  /** From now on fewer free slots are enough for the one who waits, if there still is one. */
  void contentWith(int slots) {
    wanted = Math.min(wanted, slots);
    wake();
  }

  /** Lets the one who waits go on, free slots or not. */
  void wakeNow() {
    Runnable then = waiter;
    waiter = null;
    if (then != null) {
      then.run();
    }
  }

  private void wake() {
    if (free() >= Math.min(wanted, capacity)) {
      wakeNow();
    }
  }

  private static String name(Entry entry) {
    return entry.queue() + ' ' + entry.id();
  }
}
