package dev.postrider.worker;

import dev.postrider.delivery.SendPermission;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asked just before the end of a mail leaves, and remembers whether it was let go: from then on
 * nobody but the server can tell whether it has the mail.
 */
final class LeaseGate implements SendPermission {

  private final BooleanSupplier entitled;
  private final Optional<Supplier<Uni<Boolean>>> intent;
  private boolean passed;

  /**
   * @param entitled true while this worker's lease holds
   * @param intent notes that the end is about to leave; only for mail that must not be sent twice
   */
  LeaseGate(BooleanSupplier entitled, Optional<Supplier<Uni<Boolean>>> intent) {
    this.entitled = entitled;
    this.intent = intent;
  }

  @Override
  public boolean entitled() {
    boolean open = entitled.getAsBoolean();
    passed |= open;
    return open;
  }

  @Override
  public boolean noted() {
    return intent.isPresent();
  }

  @Override
  @CheckReturnValue
  public Uni<Boolean> note() {
    return intent.map(Supplier::get).orElseGet(() -> Uni.createFrom().item(true));
  }

  boolean passed() {
    return passed;
  }
}
