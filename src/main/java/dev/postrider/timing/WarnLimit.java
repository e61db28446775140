package dev.postrider.timing;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Logs a recurring problem at most once per interval, and then says how often it was not logged.
 * Not thread-safe.
 */
public final class WarnLimit {

  private final Duration interval;
  private final LongSupplier nanoTime;
  private boolean logged;
  private long loggedAt;
  private long suppressed;

  /**
   * @param interval between two log lines
   * @param nanoTime the clock, such as {@code System::nanoTime}
   */
  public WarnLimit(Duration interval, LongSupplier nanoTime) {
    this.interval = interval;
    this.nanoTime = nanoTime;
  }

  /**
   * The problem occurred.
   *
   * @param log called if it may be logged now, with the text to add to the log line: empty, or how
   *     many log lines were suppressed since the last one
   */
  public void warn(Consumer<String> log) {
    long now = nanoTime.getAsLong();
    if (logged && now - loggedAt < interval.toNanos()) {
      suppressed++;
      return;
    }
    String more = suppressed == 0 ? "" : " (" + suppressed + " more since the last message)";
    logged = true;
    loggedAt = now;
    suppressed = 0;
    log.accept(more);
  }

  /** The problem is over: the next one is logged at once. True if this one was logged. */
  public boolean end() {
    boolean wasLogged = logged;
    logged = false;
    suppressed = 0;
    return wasLogged;
  }
}
