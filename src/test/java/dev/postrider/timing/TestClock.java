package dev.postrider.timing;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A monotonic clock that moves only when a test says so. Starts near its overflow. */
public final class TestClock implements LongSupplier {

  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  /** Moves the clock forward. */
  public void advance(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long getAsLong() {
    return nanos;
  }
}
