package dev.postrider.smtp;

/**
 * How the commands and the content of one mail are sent.
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
   * The fastest way that both sides can use.
   *
   * @param contentAtOnce whether the content may leave before the envelope is answered. Not if it
   *     is large, and not if the server may have closed the connection unseen: that must cost a
   *     reconnect, not an unknown result
   */
  static TransactionPlan of(
      Extensions use, Capabilities offered, boolean contentAtOnce, boolean reset) {
    boolean pipelined = use.pipelining() && offered.offers("PIPELINING");
    boolean chunked = use.chunking() && offered.offers("CHUNKING");
    boolean singleWrite = pipelined && chunked && contentAtOnce;
    return new TransactionPlan(offered, pipelined, chunked, singleWrite, reset);
  }

  DialogueStep first() {
    return reset ? DialogueStep.RSET : DialogueStep.MAIL;
  }
}
