package dev.postrider.smtp;

import java.util.List;

/**
 * Which of the offered extensions to use; switches for servers that offer what they cannot do.
 *
 * @param pipelining RFC 2920: the envelope in one write
 * @param chunking RFC 3030: {@code BDAT}, and together with pipelining the whole mail in one write
 * @param lookahead RFC 2920 §3.1: where mails wait for connections, the next envelope in the write
 *     that ends this content, and so one round trip per mail without {@code BDAT} too
 * @param reset whether RSET precedes every later mail of a connection. Without it RSET is sent only
 *     after a mail that was not accepted, where it is needed; some servers count RSET as abuse
 * @param mechanisms the AUTH mechanisms to use, best first; empty leaves the choice to the client
 */
public record Extensions(
    boolean pipelining,
    boolean chunking,
    boolean lookahead,
    boolean reset,
    List<String> mechanisms) {

  /** Keeps the mechanisms as they were given. */
  public Extensions {
    mechanisms = List.copyOf(mechanisms);
  }

  /** Everything that the server offers. */
  public static Extensions all() {
    return new Extensions(true, true, true, true, List.of());
  }

  /** The plain protocol, step by step. */
  public static Extensions none() {
    return new Extensions(false, false, false, true, List.of());
  }

  /** These with {@code PIPELINING} on or off. */
  public Extensions withPipelining(boolean on) {
    return new Extensions(on, chunking, lookahead, reset, mechanisms);
  }

  /** These with {@code CHUNKING} on or off. */
  public Extensions withChunking(boolean on) {
    return new Extensions(pipelining, on, lookahead, reset, mechanisms);
  }

  /** These with the next envelope behind the content in hand, or not. */
  public Extensions withLookahead(boolean on) {
    return new Extensions(pipelining, chunking, on, reset, mechanisms);
  }

  /** These with RSET before every later mail on or off. */
  public Extensions withReset(boolean on) {
    return new Extensions(pipelining, chunking, lookahead, on, mechanisms);
  }

  /** These with the given AUTH mechanisms, best first. */
  public Extensions withMechanisms(List<String> names) {
    return new Extensions(pipelining, chunking, lookahead, reset, names);
  }
}
