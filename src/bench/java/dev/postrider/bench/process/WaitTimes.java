package dev.postrider.bench.process;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what must come, and gives up after a bound. */
public final class WaitTimes {

  /** Short against every workload, and few enough looks to cost nothing. */
  private static final long PAUSE_MS = 10;

  private WaitTimes() {}

  /**
   * @throws IllegalStateException with the complaint if it does not come in time
   */
  public static void until(Callable<Boolean> there, Duration bound, String complaint)
      throws Exception {
    long end = System.nanoTime() + bound.toNanos();
    while (!there.call()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(complaint + " within " + bound.toSeconds() + " s");
      }
      Thread.sleep(PAUSE_MS);
    }
  }
}
