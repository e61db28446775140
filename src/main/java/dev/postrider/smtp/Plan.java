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
   * @param rested whether the connection may have been closed unseen. Then the content waits for
   *     the answers to the envelope: a stale connection must cost a reconnect, not an unknown
   *     outcome
   */
  static Plan of(Extensions use, Capabilities offered, boolean rested, boolean reset) {
    boolean pipelined = use.pipelining() && offered.offers("PIPELINING");
    boolean chunked = use.chunking() && offered.offers("CHUNKING");
    return new Plan(offered, pipelined, chunked, pipelined && chunked && !rested, reset);
  }

  Step first() {
    return reset ? Step.RSET : Step.MAIL;
  }
}
