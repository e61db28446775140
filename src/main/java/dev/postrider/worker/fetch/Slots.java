package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import java.util.HashSet;
import java.util.Set;

/**
 * Room for mail in flight on one event loop. A slot is taken before an attempt starts and freed
 * when it is settled; nothing is read for which there is no slot. Lives on one event loop: no
 * locks.
 */
public final class Slots {

  /** Before any mail was seen, as if so many filled the whole bound. */
  private static final int FIRST_READ = 8;

  /** A size that is not met again is forgotten by a sixteenth with each mail. */
  private static final int MEMORY = 16;

  private final int capacity;
  private final long bytesMax;
  private long expectedSize;
  private final Set<MailKey> taken = new HashSet<>();
  private long bytes;
  private Runnable waiter;
  private int wanted;

  /**
   * @param capacity mails in flight at once
   * @param bytesMax JSON in flight at once; one mail may always go, however large it is
   */
  public Slots(int capacity, long bytesMax) {
    this.capacity = capacity;
    this.bytesMax = bytesMax;
    this.expectedSize = Math.max(1, bytesMax / FIRST_READ);
  }

  int capacity() {
    return capacity;
  }

  public int inFlight() {
    return taken.size();
  }

  /** How many entries may be read now, were each as large as the largest seen of late. */
  int free() {
    long fitting = Math.max(0, bytesMax - bytes) / expectedSize;
    return (int)
        Math.min(capacity - taken.size(), taken.isEmpty() ? Math.max(1, fitting) : fitting);
  }

  boolean holds(Entry entry) {
    return taken.contains(MailKey.of(entry));
  }

  void take(Entry entry) {
    taken.add(MailKey.of(entry));
    bytes += entry.size();
    expectedSize = Math.max(Math.max(1, entry.size()), expectedSize - expectedSize / MEMORY);
  }

  public void release(Entry entry) {
    if (taken.remove(MailKey.of(entry))) {
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

  /** Large mail never leaves as many free as are wanted. */
  private void wake() {
    long attainable = Math.max(1, Math.min(capacity, bytesMax / expectedSize));
    if (free() >= Math.min(wanted, attainable)) {
      wakeNow();
    }
  }

  /** What tells entries apart: two queues may have one of the same id. */
  private record MailKey(String queue, String id) {

    static MailKey of(Entry entry) {
      return new MailKey(entry.queue(), entry.id());
    }
  }
}
