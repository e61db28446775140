package dev.postrider.support;

import dev.postrider.queue.Entry;
import dev.postrider.queue.consumer.LeaseTerm;
import java.time.Duration;

/** Terms of leases for tests that are about something else. */
public final class Terms {

  private Terms() {}

  /** The first reading of an entry, in a term that holds for the whole test. */
  public static Entry.Reading firstReading() {
    return Entry.Reading.first(lasting());
  }

  /** One that holds for the whole test. */
  public static LeaseTerm lasting() {
    return new LeaseTerm(System.nanoTime(), Duration.ofHours(1), System::nanoTime);
  }
}
