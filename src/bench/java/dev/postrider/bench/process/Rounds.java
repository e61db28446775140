package dev.postrider.bench.process;

import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Keeps a number of sends in flight on one event loop until all mails of a round are through. */
public final class Rounds {

  private final Supplier<Future<?>> sending;
  private final int mails;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private int started;
  private int ended;

  /**
   * @param sending sends one mail; its future fails if the mail was not accepted
   */
  public Rounds(Supplier<Future<?>> sending, int mails) {
    this.sending = sending;
    this.mails = mails;
  }

  /** Starts the round; call it on the event loop. */
  public void start(int inFlight) {
    for (int i = 0; i < inFlight; i++) {
      next();
    }
  }

  /** Waits for its end. */
  public void join() {
    done.join();
  }

  private void next() {
    if (started < mails) {
      started++;
      sending.get().onSuccess(this::accepted).onFailure(done::completeExceptionally);
    }
  }

  private void accepted(Object outcome) {
    if (++ended == mails) {
      done.complete(null);
    } else {
      next();
    }
  }
}
