package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The slots for mail in flight on one event loop. A read reserves slots first and gives back those
 * that it does not fill; a mail keeps its slot until it is settled. Lives on one event loop: no
 * locks.
 */
public final class Slots {

  /** Before any mail was read, as if so many filled the whole bound. */
  private static final int FIRST_READ = 8;

  /** Each is the trace of a bug; the oldest is read again first. */
  static final int SET_ASIDE_MAX = 10_000;

  /** The expected size shrinks by this part with each smaller mail. */
  private static final int SHRINK = 16;

  private final int capacity;
  private final long bytesMax;
  private long expectedSize;
  private final Set<MailKey> taken = new HashSet<>();
  private final Set<MailKey> setAside = new LinkedHashSet<>();
  private int reserved;
  private long bytes;
  private int suspects;
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

  /** True if a mail is in flight whose readers died again and again. */
  boolean hasSuspect() {
    return suspects > 0;
  }

  /** How many entries may be read now, if each is as large as the largest of late. */
  int free() {
    return Math.max(0, untaken() - reserved);
  }

  private int untaken() {
    long fitting = Math.max(0, bytesMax - bytes) / expectedSize;
    return (int)
        Math.min(capacity - taken.size(), taken.isEmpty() ? Math.max(1, fitting) : fitting);
  }

  /** Reserves slots for a read and gives back those that it does not fill. */
  @CheckReturnValue
  Uni<List<Entry>> fill(int count, Supplier<Uni<List<Entry>>> read) {
    reserved += count;
    return read.get()
        .onItemOrFailure()
        .invoke((entries, failure) -> giveBack(count - (entries == null ? 0 : entries.size())));
  }

  private void giveBack(int slots) {
    reserved -= slots;
    wake();
  }

  /** Those that are not in flight; the slots reserved for the others are given back. */
  List<Entry> withoutInFlight(List<Entry> entries) {
    List<Entry> others = entries.stream().filter(entry -> !isInFlight(entry)).toList();
    giveBack(entries.size() - others.size());
    return others;
  }

  private boolean isInFlight(Entry entry) {
    MailKey key = MailKey.of(entry);
    return taken.contains(key) || setAside.contains(key);
  }

  /** Turns a slot that is reserved into the slot of an entry. */
  void take(Entry entry) {
    reserved--;
    taken.add(MailKey.of(entry));
    bytes += entry.size();
    suspects += entry.deliveries().isSuspect() ? 1 : 0;
    expectedSize = Math.max(Math.max(1, entry.size()), expectedSize - expectedSize / SHRINK);
  }

  void release(Entry entry) {
    if (taken.remove(MailKey.of(entry))) {
      bytes -= entry.size();
      suspects -= entry.deliveries().isSuspect() ? 1 : 0;
      wake();
    }
  }

  /** Gives the slot of a mail back that must not be read again here: its end cannot be written. */
  void setAside(Entry entry) {
    if (setAside.size() == SET_ASIDE_MAX) {
      setAside.remove(setAside.iterator().next());
    }
    setAside.add(MailKey.of(entry));
    release(entry);
  }

  /** Runs once, as soon as so many slots are free; only the fetcher waits. */
  void onceFree(int slots, Runnable then) {
    waiter = then;
    wanted = slots;
    wake();
  }

  /** From now on fewer free slots are enough for the fetcher, if it still waits. */
  void lowerTarget(int slots) {
    wanted = Math.min(wanted, slots);
    wake();
  }

  /** Lets the fetcher go on, free slots or not. */
  void wakeNow() {
    Runnable then = waiter;
    waiter = null;
    if (then != null) {
      then.run();
    }
  }

  /** Large mail never leaves as many free as are wanted; what is reserved does not count. */
  private void wake() {
    long attainable = Math.max(1, Math.min(capacity, bytesMax / expectedSize));
    if (untaken() >= Math.min(wanted + reserved, attainable)) {
      wakeNow();
    }
  }

  /** Two queues may have an entry of the same id. */
  private record MailKey(String queue, String id) {

    static MailKey of(Entry entry) {
      return new MailKey(entry.queue(), entry.id());
    }
  }
}
