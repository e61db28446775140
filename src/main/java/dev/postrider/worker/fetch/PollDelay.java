package dev.postrider.worker.fetch;

import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before asking Redis again: from 100 ms to 5 s while it keeps failing. */
final class PollDelay {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  private int failures;

  /** True if the last try did not fail. */
  boolean isReset() {
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
