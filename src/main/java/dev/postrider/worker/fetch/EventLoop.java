package dev.postrider.worker.fetch;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.time.Duration;

/** The event loop of an engine and its clock. Tests set the time. */
public interface EventLoop {

  /** A monotonic clock, as {@link System#nanoTime()}. */
  long nanoTime();

  /** Runs a step in the next turn of the loop. */
  void inNextTurn(Runnable step);

  /** Runs a step on the loop after a delay. */
  void after(Duration delay, Runnable step);

  /** Emits on the loop after a delay. */
  @CheckReturnValue
  default Uni<Void> delay(Duration delay) {
    return Uni.createFrom().emitter(emitter -> completeAfter(delay, emitter));
  }

  private void completeAfter(Duration delay, UniEmitter<? super Void> emitter) {
    after(delay, () -> emitter.complete(null));
  }

  static EventLoop of(Context context) {
    return new EventLoop() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void inNextTurn(Runnable step) {
        context.runOnContext(turn -> step.run());
      }

      @Override
      public void after(Duration delay, Runnable step) {
        context.owner().setTimer(delay.toMillis(), fired -> step.run());
      }
    };
  }
}
