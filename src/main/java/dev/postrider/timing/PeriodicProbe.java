package dev.postrider.timing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs a check at once and then at a fixed interval. While one is still running no other starts.
 */
public final class PeriodicProbe {

  private static final long NOT_STARTED = -1;

  private final Duration interval;
  private final Uni<?> check;
  private final LongSupplier nanoTime;
  private Vertx vertx;
  private volatile long timer = NOT_STARTED;
  private volatile boolean stopped;
  private boolean running;
  private volatile long succeededAt;
  private volatile boolean succeeded;

  /**
   * @param check one check; it handles its own result, and succeeds or fails in bounded time
   * @param nanoTime the clock, such as {@code System::nanoTime}
   */
  public PeriodicProbe(Duration interval, Supplier<Uni<?>> check, LongSupplier nanoTime) {
    this.interval = interval;
    this.check = Uni.createFrom().deferred(check);
    this.nanoTime = nanoTime;
  }

  /** All checks run on one event loop: the calling one, or a new one. */
  public void start(Vertx owner) {
    vertx = owner;
    owner.getOrCreateContext().runOnContext(turn -> begin());
  }

  private void begin() {
    if (!stopped) {
      timer = vertx.setPeriodic(interval.toMillis(), fired -> run());
      run();
    }
  }

  /** Starts no further check; may be called from any thread. */
  public void stop() {
    stopped = true;
    if (timer != NOT_STARTED) {
      vertx.cancelTimer(timer);
    }
  }

  /** True if a check succeeded within this time; may be called from any thread. */
  public boolean succeededWithin(Duration time) {
    return succeeded && nanoTime.getAsLong() - succeededAt < time.toNanos();
  }

  /** One check, unless one is running. */
  void run() {
    if (!running && !stopped) {
      running = true;
      check.subscribe().with(result -> success(), failure -> running = false);
    }
  }

  private void success() {
    running = false;
    succeededAt = nanoTime.getAsLong();
    succeeded = true;
  }
}
