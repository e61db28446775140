package dev.postrider.smtp;

import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * One timer for all deadlines of a pool, on only while there is something to watch. Coarse on
 * purpose: a timer per command would cost more than the command.
 */
final class DeadlineTimer {

  private static final long OFF = -1;

  private final Vertx vertx;
  private final Context context;
  private final Runnable action;
  private boolean running;
  private long timer = OFF;

  DeadlineTimer(Vertx vertx, Context context, Runnable step) {
    this.vertx = vertx;
    this.context = context;
    this.action = step;
  }

  void start() {
    if (!running) {
      running = true;
      context.runOnContext(this::set); // a timer belongs to the context it is set on
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
      timer = vertx.setPeriodic(SmtpPool.DEADLINE_CHECK_INTERVAL.toMillis(), tick -> action.run());
    }
  }
}
