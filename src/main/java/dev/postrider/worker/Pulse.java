package dev.postrider.worker;

import io.vertx.core.Context;
import java.time.Duration;

/** Shows whether an event loop still turns: it notes the time on it every second. */
final class Pulse {

  /**
   * A loop that did not turn for longer is stuck: a full collection or a long script is shorter.
   */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final Duration BEAT = Duration.ofSeconds(1);

  private final Context context;
  private volatile long beatAt = System.nanoTime();
  private long timer = -1;

  /**
   * @param context the event loop to watch
   */
  Pulse(Context context) {
    this.context = context;
  }

  /** Call it on the event loop. */
  void start() {
    timer = context.owner().setPeriodic(BEAT.toMillis(), beat -> beatAt = System.nanoTime());
  }

  /** Call it on the event loop. */
  void stop() {
    context.owner().cancelTimer(timer);
  }

  /** True if the loop turned within the last ten seconds; may be called from any thread. */
  boolean beats() {
    return System.nanoTime() - beatAt < SILENCE_MAX.toNanos();
  }
}
