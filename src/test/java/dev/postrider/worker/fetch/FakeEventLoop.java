package dev.postrider.worker.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** An event loop whose turns and whose time the test makes. */
final class FakeEventLoop implements EventLoop {

  private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
  private final List<Timer> timers = new ArrayList<>();
  private long now = 1;

  private record Timer(long at, Runnable step) {}

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void inNextTurn(Runnable step) {
    steps.add(step);
  }

  @Override
  public void after(Duration delay, Runnable step) {
    timers.add(new Timer(now + delay.toNanos(), step));
  }

  /** Runs all that is due now. */
  void run() {
    while (!steps.isEmpty()) {
      steps.poll().run();
    }
  }

  void advance(Duration time) {
    now += time.toNanos();
    List<Timer> due = timers.stream().filter(timer -> timer.at() - now <= 0).toList();
    timers.removeAll(due);
    due.forEach(timer -> timer.step().run());
    run();
  }

  /** How long until the next timer. */
  Duration untilTimer() {
    return Duration.ofNanos(
        timers.stream().mapToLong(timer -> timer.at() - now).min().orElseThrow());
  }
}
