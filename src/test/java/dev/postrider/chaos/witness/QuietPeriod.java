package dev.postrider.chaos.witness;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** True once a counter has not moved for a while; asked again and again by one thread. */
public final class QuietPeriod implements BooleanSupplier {

  private final Duration span;
  private final LongSupplier counter;
  private long last = -1;
  private long since;

  public QuietPeriod(Duration span, LongSupplier counter) {
    this.span = span;
    this.counter = counter;
  }

  @Override
  public boolean getAsBoolean() {
    long now = counter.getAsLong();
    if (now != last) {
      last = now;
      since = System.nanoTime();
    }
    return System.nanoTime() - since >= span.toNanos();
  }
}
