package dev.postrider.api;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Supplier;

/** Runs long computations on worker threads, so that they do not block an event loop. */
public final class Offload {

  /** 64 KiB of JSON take about 0.5 ms to read; a change of threads takes 20 µs. */
  private static final int INLINE_MAX = 64 * 1024;

  private Offload() {}

  /**
   * @param bytes size of the work's input
   */
  @CheckReturnValue
  public static <T> Uni<T> run(int bytes, Supplier<T> work) {
    Uni<T> result = Uni.createFrom().item(work);
    return bytes <= INLINE_MAX
        ? result
        : result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }
}
