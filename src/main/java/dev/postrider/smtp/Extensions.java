package dev.postrider.smtp;

import java.util.List;

/**
 * Which of the offered extensions to use; switches for servers that offer what they cannot do.
 *
 * @param pipelining RFC 2920: the envelope in one write
 * @param chunking RFC 3030: {@code BDAT}; together with pipelining the whole mail in one write
 * @param lookahead RFC 2920 §3.1: while mails wait for connections, the next envelope leaves in the
 *     write that ends this content; so one round trip per mail without {@code BDAT} too
 * @param reset whether RSET precedes every mail but the first of a connection. Without it RSET is
 *     sent only after a mail that was not accepted; some servers count RSET as abuse
 * @param mechanisms the AUTH mechanisms to use, best first; if empty, ours are used in our order
 */
public record Extensions(
    boolean pipelining,
    boolean chunking,
    boolean lookahead,
    boolean reset,
    List<String> mechanisms) {

  /** Copies the mechanisms. */
  public Extensions {
    mechanisms = List.copyOf(mechanisms);
  }
}
