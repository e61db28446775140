package dev.postrider.worker;

import java.util.function.BooleanSupplier;

/**
 * Asked just before the end of a mail leaves, and remembers whether it was let go: from then on
 * nobody but the server can tell whether it has the mail.
 */
final class DotGate implements BooleanSupplier {

  private final BooleanSupplier entitled;
  private boolean passed;

  /**
   * @param entitled true while this worker's lease holds
   */
  DotGate(BooleanSupplier entitled) {
    this.entitled = entitled;
  }

  @Override
  public boolean getAsBoolean() {
    boolean open = entitled.getAsBoolean();
    passed |= open;
    return open;
  }

  boolean passed() {
    return passed;
  }
}
