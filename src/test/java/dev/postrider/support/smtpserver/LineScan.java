package dev.postrider.support.smtpserver;

import java.util.EnumSet;
import java.util.Set;

/**
 * Scans content bytes: finds the end {@code CRLF.CRLF} and whatever breaks the rules for lines. It
 * allocates nothing and keeps its position between two reads.
 */
final class LineScan {

  /** RFC 5321 §4.5.3.1.6: 1,000 bytes with CRLF. */
  private static final int LINE_MAX = 998;

  private enum At {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR
  }

  private final boolean dotEnds;
  private final Set<ProtocolViolation> protocolViolations = EnumSet.noneOf(ProtocolViolation.class);
  private At at = At.LINE_START;
  private int length;
  private boolean ended;

  /**
   * @param dotEnds whether a line of a single dot ends the content, as it does after DATA
   */
  LineScan(boolean dotEnds) {
    this.dotEnds = dotEnds;
  }

  /** Reads up to the end of the content, or all; returns the index after the last byte read. */
  int scan(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !ended) {
      if (at == At.TEXT) {
        int run = i;
        while (run < to && bytes[run] > '\r') {
          run++;
        }
        length += run - i;
        i = run;
        if (i == to) {
          break;
        }
      }
      step(bytes[i++]);
    }
    return i;
  }

  boolean ended() {
    return ended;
  }

  boolean atLineStart() {
    return at == At.LINE_START;
  }

  Set<ProtocolViolation> violations() {
    return protocolViolations;
  }

  private void step(byte next) {
    switch (next) {
      case '\r' -> carriageReturn();
      case '\n' -> lineFeed();
      default -> text(next);
    }
  }

  private void carriageReturn() {
    if (at == At.CR || at == At.DOT_CR) {
      protocolViolations.add(ProtocolViolation.BARE_CR);
    }
    at = at == At.DOT ? At.DOT_CR : At.CR;
  }

  private void lineFeed() {
    if (at == At.DOT_CR && dotEnds) {
      ended = true;
    }
    if (at != At.CR && at != At.DOT_CR) {
      protocolViolations.add(ProtocolViolation.BARE_LF);
      at = At.TEXT;
      return;
    }
    if (length > LINE_MAX) {
      protocolViolations.add(ProtocolViolation.LONG_LINE);
    }
    length = 0;
    at = At.LINE_START;
  }

  private void text(byte next) {
    if (at == At.CR || at == At.DOT_CR) {
      protocolViolations.add(ProtocolViolation.BARE_CR);
    }
    if (next < 0) {
      protocolViolations.add(ProtocolViolation.EIGHT_BIT);
    } else if (next == 0) {
      protocolViolations.add(ProtocolViolation.NUL);
    }
    boolean stuffing = at == At.LINE_START && next == '.';
    if (!stuffing || !dotEnds) {
      length++;
    }
    at = stuffing ? At.DOT : At.TEXT;
  }
}
