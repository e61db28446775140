package dev.postrider.worker.monitor;

import io.vertx.core.Context;
import java.time.Duration;
import java.util.Arrays;

/**
 * Shows whether an event loop still turns, and how late: it notes the time on it every second.
 * {@link #isAlive()} and {@link #delay()} may be called from any thread.
 */
public final class EventLoopMonitor {

  /**
   * A loop that did not turn for longer is stuck: a full collection or a long script is shorter.
   */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** Beats over which the longest delay is remembered: a scrape comes every 15 to 60 seconds. */
  private static final int SAMPLES = 60;

  private final Context context;
  private final Runnable onBeat;
  private final long[] delays = new long[SAMPLES];
  private volatile long beatAt = System.nanoTime();
  private volatile long longest;
  private int beat;
  private long timer = -1;

  /**
   * @param context the event loop to watch
   * @param onBeat called on it with every beat
   */
  public EventLoopMonitor(Context context, Runnable onBeat) {
    this.context = context;
    this.onBeat = onBeat;
  }

  /** Call it on the event loop. */
  public void start() {
    beatAt = System.nanoTime();
    timer = context.owner().setPeriodic(CHECK_INTERVAL.toMillis(), fired -> beat());
  }

  private void beat() {
    long now = System.nanoTime();
    delays[beat++ % SAMPLES] = Math.max(0, now - beatAt - CHECK_INTERVAL.toNanos());
    longest = Arrays.stream(delays).max().orElse(0);
    beatAt = now;
    onBeat.run();
  }

  /** Call it on the event loop. */
  public void stop() {
    context.owner().cancelTimer(timer);
  }

  /** True if the loop turned within the last ten seconds. */
  public boolean isAlive() {
    return System.nanoTime() - beatAt < SILENCE_MAX.toNanos();
  }

  /** How long the loop kept others waiting at worst in the last minute, or does right now. */
  public Duration delay() {
    long now = System.nanoTime() - beatAt - CHECK_INTERVAL.toNanos();
    return Duration.ofNanos(Math.max(longest, now));
  }
}
