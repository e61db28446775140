package dev.postrider.delivery.vertxmail;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * As many sends at once as there are connections. The own queue of vertx-mail-client has no bound
 * and cannot be left again: a mail given up while waiting there would still be sent later. Lives on
 * one event loop; who waits is bounded by the engine's slots.
 */
final class Permits {

  private static final long LONG_WAIT_NANOS = 1_000_000_000L;

  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private int free;

  Permits(int permits) {
    this.free = permits;
  }

  /** Emits true if the wait was so long that what was checked before may no longer hold. */
  @CheckReturnValue
  Uni<Boolean> acquire() {
    return Uni.createFrom().completionStage(this::enter);
  }

  private CompletableFuture<Boolean> enter() {
    if (free > 0) {
      free--;
      return CompletableFuture.completedFuture(false);
    }
    Waiter waiter = new Waiter(new CompletableFuture<>(), System.nanoTime());
    waiters.add(waiter);
    return waiter.turn();
  }

  void release() {
    Waiter next = waiters.poll();
    if (next == null) {
      free++;
    } else {
      next.turn().complete(System.nanoTime() - next.since() > LONG_WAIT_NANOS);
    }
  }

  private record Waiter(CompletableFuture<Boolean> turn, long since) {}
}
