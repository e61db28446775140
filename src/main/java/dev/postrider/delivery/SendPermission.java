package dev.postrider.delivery;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/** The last word on a mail: asked just before its end leaves for the server. */
@FunctionalInterface
public interface SendPermission {

  /** False once another worker may have taken the mail over; then no end leaves. */
  boolean entitled();

  /** True if it must be noted first that the end is about to leave. */
  default boolean noted() {
    return false;
  }

  /** Notes it; false, or a failure, means that the end must not leave. */
  @CheckReturnValue
  default Uni<Boolean> note() {
    return Uni.createFrom().item(true);
  }
}
