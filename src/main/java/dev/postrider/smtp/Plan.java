package dev.postrider.smtp;

/**
 * How one mail is to be spoken.
 *
 * @param offered what the server offers
 * @param pipelined the whole envelope in one write
 * @param chunked the content by BDAT instead of DATA
 * @param inOne envelope and content in one write: one round trip per mail
 * @param reset RSET first
 */
record Plan(
    Capabilities offered, boolean pipelined, boolean chunked, boolean inOne, boolean reset) {

  /**
   * The best that both sides can do.
   *
   * @param eager whether the content need not wait for the answers to the envelope. It should if it
   *     is large, or if the connection has rested and may have been closed unseen: that must cost a
   *     reconnect, not an unknown outcome
   */
  static Plan of(Extensions use, Capabilities offered, boolean eager, boolean reset) {
    boolean pipelined = use.pipelining() && offered.offers("PIPELINING");
    boolean chunked = use.chunking() && offered.offers("CHUNKING");
    return new Plan(offered, pipelined, chunked, pipelined && chunked && eager, reset);
  }

  Step first() {
    return reset ? Step.RSET : Step.MAIL;
  }
}
