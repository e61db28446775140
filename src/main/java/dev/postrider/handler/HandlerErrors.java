package dev.postrider.handler;

import dev.postrider.timing.WarnLimit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Counts the exceptions of our own handlers, and logs each handler's at once and then at most every
 * 60 s. The message of an exception is not logged: it may hold what a server said. Thread-safe.
 */
@Singleton
public final class HandlerErrors {

  private static final Logger LOG = Logger.getLogger(HandlerErrors.class);
  private static final Duration REMINDER_INTERVAL = Duration.ofSeconds(60);
  private static final String OURS = "dev.postrider.";

  private final LongSupplier nanoTime;
  private final Map<String, Long> counts = new HashMap<>(Map.of("smtp", 0L, "redis", 0L));
  private final Map<String, WarnLimit> limits = new HashMap<>();

  /** Every part starts at 0, so that a metric shows its first error. */
  public HandlerErrors() {
    this(System::nanoTime);
  }

  HandlerErrors(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** How many exceptions there were, by part of the program, such as {@code smtp}. */
  public synchronized Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /**
   * An exception left a handler.
   *
   * @param part of the program, such as {@code smtp}
   * @param handler such as {@code read}
   */
  synchronized void record(String part, String handler, Throwable error) {
    counts.merge(part, 1L, Long::sum);
    limits
        .computeIfAbsent(part + " " + handler, name -> new WarnLimit(REMINDER_INTERVAL, nanoTime))
        .warn(more -> log(part, handler, error, more));
  }

  private static void log(String part, String handler, Throwable error, String more) {
    LOG.errorf(
        "An error of Postrider itself: %s at %s, in the handler '%s' of %s%s. The connection is"
            + " closed and mail goes on. Please report this line.",
        error.getClass().getName(), place(error), handler, part, more);
    LOG.debugf(error, "In the handler '%s' of %s.", handler, part);
  }

  /** The line of our code that was reached last. */
  private static StackTraceElement place(Throwable error) {
    StackTraceElement[] stack = error.getStackTrace();
    return Arrays.stream(stack)
        .filter(frame -> frame.getClassName().startsWith(OURS))
        .findFirst()
        .orElseGet(() -> stack.length > 0 ? stack[0] : new StackTraceElement("?", "?", null, -1));
  }
}
