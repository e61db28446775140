package dev.postrider.smtp;

/**
 * What the connections of one pool have shown about using them again: whether the server is in step
 * after a mail by BDAT, and whether it closes connections that it could have kept.
 */
final class ReuseTrust {

  private boolean inStep;
  private boolean closesEarly;

  /** Whether the next mail by BDAT on a used connection needs a {@link StepCheck} before it. */
  boolean needsCheck() {
    return !inStep;
  }

  void foundInStep() {
    inStep = true;
  }

  /** A used connection was lost before its first reply, and the whole mail had left. */
  void lostWithContent() {
    closesEarly = true;
  }

  /** Whether the content may leave on a used connection before the envelope is answered. */
  boolean allowsContentAtOnce() {
    return !closesEarly;
  }
}
