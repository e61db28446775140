package dev.postrider.worker.fetch;

import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before asking Redis again: from 100 ms to 5 s while it keeps failing. */
final class PollDelay {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private int failures;

  /** True if it did not fail before. */
  boolean fresh() {
    return failures == 0;
  }

  void reset() {
    failures = 0;
  }

  Duration next() {
    failures++;
    return BACKOFF.delay(failures, ThreadLocalRandom.current().nextDouble());
  }
}
