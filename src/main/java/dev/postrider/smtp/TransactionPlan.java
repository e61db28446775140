package dev.postrider.smtp;

/**
 * How one mail is to be spoken.
 *
 * @param offered what the server offers
 * @param pipelined the whole envelope in one write
 * @param chunked the content by BDAT instead of DATA
 * @param singleWrite envelope and content in one write: one round trip per mail
 * @param reset RSET first
 */
record TransactionPlan(
    Capabilities offered, boolean pipelined, boolean chunked, boolean singleWrite, boolean reset) {

  /**
   * The best that both sides can do.
   *
   * @param contentAtOnce whether the content need not wait for the answers to the envelope. It
   *     should if it is large, or if the connection has rested and may have been closed unseen:
   *     that must cost a reconnect, not an unknown outcome
   */
  static TransactionPlan of(
      Extensions use, Capabilities offered, boolean contentAtOnce, boolean reset) {
    boolean pipelined = use.pipelining() && offered.offers("PIPELINING");
    boolean chunked = use.chunking() && offered.offers("CHUNKING");
    return new TransactionPlan(
        offered, pipelined, chunked, pipelined && chunked && contentAtOnce, reset);
  }

  DialogueStep first() {
    return reset ? DialogueStep.RSET : DialogueStep.MAIL;
  }
}
