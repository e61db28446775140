package dev.postrider.schedule;

import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import org.jboss.logging.Logger;

/**
 * Promotes the due mail of one queue at its very time: a timer is set for the next one. A poller
 * calls it as well, because a timer only knows what this process has seen. Lives on one event loop.
 */
public final class Promoter {

  private static final Logger LOG = Logger.getLogger(Promoter.class);

  /** Calls of one run; the rest is left to the next, so that a poll always ends. */
  private static final int CALLS_MAX = 1_000;

  /** A timer never sleeps longer: the poller would find the mail anyway. */
  private static final long TIMER_MAX_MS = 60_000;

  private final Context context;
  private final Link link;
  private final Schedule schedule;
  private long clockAheadMs;
  private long wakeAt = Long.MAX_VALUE;
  private long timer = -1;
  private boolean stopped;

  public Promoter(Context context, Link link, Schedule schedule) {
    this.context = context;
    this.link = link;
    this.schedule = schedule;
  }

  /** Moves all that is due and sets the timer for the next; fails if Redis does not answer. */
  @CheckReturnValue
  public Uni<Void> promote() {
    return Multi.createBy()
        .repeating()
        .uni(() -> schedule.promote(link))
        .whilst(Schedule.Promotion::more)
        .select()
        .first(CALLS_MAX)
        .collect()
        .last()
        .invoke(this::setTimerOnContext)
        .replaceWithVoid();
  }

  /** A mail is due at this time, in ms by Redis's clock; may be called from any thread. */
  public void promoteAt(long dueAt) {
    context.runOnContext(turn -> wakeBy(dueAt));
  }

  /** Sets no more timers. */
  public void stop() {
    context.runOnContext(turn -> cancel());
  }

  private void setTimerOnContext(Schedule.Promotion last) {
    context.runOnContext(turn -> setTimer(last));
  }

  private void setTimer(Schedule.Promotion last) {
    clockAheadMs = last.now() - System.currentTimeMillis();
    if (last.nextDue() >= 0) {
      wakeBy(last.nextDue());
    }
  }

  private void wakeBy(long dueAt) {
    if (stopped || dueAt >= wakeAt) {
      return;
    }
    if (timer >= 0) {
      context.owner().cancelTimer(timer);
    }
    wakeAt = dueAt;
    long sleep = dueAt - (System.currentTimeMillis() + clockAheadMs);
    timer = context.owner().setTimer(Math.min(Math.max(sleep, 1), TIMER_MAX_MS), fired -> wake());
  }

  private void wake() {
    timer = -1;
    wakeAt = Long.MAX_VALUE;
    promote()
        .subscribe()
        .with(
            done -> LOG.trace("promoted"),
            failure -> LOG.debugf("Not promoted: %s. The poller tries.", failure.getMessage()));
  }

  private void cancel() {
    stopped = true;
    if (timer >= 0) {
      context.owner().cancelTimer(timer);
    }
  }
}
