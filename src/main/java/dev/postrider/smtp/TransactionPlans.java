package dev.postrider.smtp;

/**
 * Makes the plan of each mail of one connection.
 *
 * @param extensions what to use of what the server offers
 * @param workarounds what is not used for a while
 * @param offered what the server offers
 * @param use how the connection was used
 */
record TransactionPlans(
    Extensions extensions, Workarounds workarounds, Capabilities offered, SessionUse use) {

  /** Whether a mail goes by BDAT. */
  boolean chunked() {
    return TransactionPlan.of(workarounds.allowed(extensions), offered, false, false).chunked();
  }

  TransactionPlan of(PooledMail mail, boolean reset) {
    boolean contentAtOnce =
        use.allowsContentAtOnce()
            && !mail.needsIntent()
            && mail.message().length() <= ContentWriter.SLICE_SIZE;
    return TransactionPlan.of(workarounds.allowed(extensions), offered, contentAtOnce, reset);
  }
}
