package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * One timer for all deadlines of a pool; runs only while there is a deadline to check. Coarse: a
 * timer per command would cost more than the command.
 */
final class DeadlineTimer {

  /** Milliseconds of a clock that never jumps. */
  static final LongSupplier CLOCK = () -> System.nanoTime() / 1_000_000;

  private static final long OFF = -1;

  private final Vertx vertx;
  private final Context context;
  private final ErrorBoundary boundary;
  private final Runnable action;
  private boolean running;
  private long timer = OFF;

  DeadlineTimer(Vertx vertx, Context context, ErrorBoundary boundary, Runnable action) {
    this.vertx = vertx;
    this.context = context;
    this.boundary = boundary;
    this.action = action;
  }

  void start() {
    if (!running) {
      running = true;
      // A timer belongs to the context that sets it.
      context.runOnContext(boundary.handler("timer", this::set));
    }
  }

  void stop() {
    running = false;
    if (timer != OFF) {
      vertx.cancelTimer(timer);
      timer = OFF;
    }
  }

  private void set(Void nothing) {
    if (running && timer == OFF) {
      timer =
          vertx.setPeriodic(
              SmtpPool.DEADLINE_CHECK_INTERVAL.toMillis(),
              boundary.handler("timer", tick -> action.run()));
    }
  }
}
