package dev.postrider.support;

import dev.postrider.support.smtpserver.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The mails a sink took, in order. Who waits for one is woken by it, without polling. */
public final class Captured {

  private final List<Received> mails = new ArrayList<>();

  public synchronized void add(Received mail) {
    mails.add(mail);
    notifyAll();
  }

  public synchronized List<Received> all() {
    return List.copyOf(mails);
  }

  public synchronized List<Received> matching(Predicate<Received> condition) {
    return mails.stream().filter(condition).toList();
  }

  /** Waits until at least {@code count} mails match; an error tells how many came instead. */
  public synchronized List<Received> await(
      int count, Duration bound, Predicate<Received> condition) {
    long deadline = System.nanoTime() + bound.toNanos();
    List<Received> found = matching(condition);
    try {
      while (found.size() < count) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              "Expected " + count + " mails within " + bound + ", came: " + found.size());
        }
        wait(left);
        found = matching(condition);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for mail.", e);
    }
    return found;
  }

  public synchronized void clear() {
    mails.clear();
  }
}
