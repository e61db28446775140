package dev.postrider.api;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Supplier;

/** Keeps long computations off the event loops, which serve everybody. */
public final class Offload {

  /** Reading that much JSON takes about half a millisecond; a change of threads costs 20 µs. */
  private static final int INLINE_MAX = 64 * 1024;

  private Offload() {}

  /**
   * @param bytes that the work goes through
   */
  @CheckReturnValue
  public static <T> Uni<T> run(int bytes, Supplier<T> work) {
    Uni<T> result = Uni.createFrom().item(work);
    return bytes <= INLINE_MAX
        ? result
        : result.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }
}
