package dev.postrider.worker.admission;

import java.util.Arrays;

/** Counts what a route has finished lately, in steps of 250 ms. Lives on one event loop. */
final class Progress {

  static final long STEP_NANOS = 250_000_000;

  /** Two seconds: servers that take longer for a mail do not get more slots for it. */
  static final int STEPS = 8;

  private final int[] ended = new int[STEPS];
  private long step = Long.MIN_VALUE / 2;

  /**
   * @param now in nanoseconds, monotonic
   */
  void ended(long now) {
    turn(now);
    ended[index(step)]++;
  }

  /** Mails finished within the last two seconds. */
  int recent(long now) {
    turn(now);
    return Arrays.stream(ended).sum();
  }

  /** Mails finished within this step and the one before. */
  int latest(long now) {
    turn(now);
    return ended[index(step)] + ended[index(step - 1)];
  }

  private void turn(long now) {
    long current = Math.floorDiv(now, STEP_NANOS);
    if (current - step >= STEPS) {
      Arrays.fill(ended, 0);
      step = current;
    }
    while (step < current) {
      step++;
      ended[index(step)] = 0;
    }
  }

  private static int index(long step) {
    return (int) Math.floorMod(step, (long) STEPS);
  }
}
