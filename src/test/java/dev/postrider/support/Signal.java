package dev.postrider.support;

import java.time.Duration;

/** Something that happens, counted; who waits for it is woken by it. */
public final class Signal {

  private int count;

  public synchronized void raise() {
    count++;
    notifyAll();
  }

  public synchronized int count() {
    return count;
  }

  /** Waits until it has happened this often; an error tells how often it did. */
  public synchronized void await(int wanted, Duration bound) {
    long deadline = System.nanoTime() + bound.toNanos();
    try {
      while (count < wanted) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("Expected " + wanted + " within " + bound + ", was: " + count);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting.", e);
    }
  }
}
