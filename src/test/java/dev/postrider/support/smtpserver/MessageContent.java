package dev.postrider.support.smtpserver;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;

/**
 * The content of one mail as it comes in: its octets if they are kept, their number, their faults.
 */
final class MessageContent {

  private static final byte[] NONE = {};

  private final boolean dotted;
  private final LineScan lines;
  private final ByteArrayOutputStream kept;
  private long size;

  /**
   * @param dotted whether it comes by DATA, dot-stuffed, rather than by BDAT
   * @param keep whether the octets are wanted afterwards
   */
  MessageContent(boolean dotted, boolean keep) {
    this.dotted = dotted;
    this.lines = new LineScan(dotted);
    this.kept = keep ? new ByteArrayOutputStream() : null;
  }

  /** Takes octets up to the end of the content; returns the index behind the last one taken. */
  int take(byte[] octets, int from, int to) {
    int end = lines.scan(octets, from, to);
    size += end - from;
    if (kept != null) {
      kept.write(octets, from, end - from);
    }
    return end;
  }

  /** Forgets the octets, not their number: a mail over the size limit needs no memory. */
  void forget() {
    if (kept != null) {
      kept.reset();
    }
  }

  /** Whether the final dot has come. */
  boolean ended() {
    return lines.ended();
  }

  long size() {
    return size;
  }

  byte[] wire() {
    return kept == null ? NONE : kept.toByteArray();
  }

  Set<ProtocolViolation> faults() {
    if (!dotted && !lines.atLineStart()) {
      lines.faults().add(ProtocolViolation.OPEN_LAST_LINE);
    }
    return lines.faults();
  }

  /** The octets without stuffing and without the final dot line. */
  static byte[] unstuffed(byte[] wire) {
    byte[] message = new byte[wire.length];
    int length = 0;
    boolean lineStart = true;
    for (int i = 0; i < wire.length; i++) {
      if (!(lineStart && wire[i] == '.')) {
        message[length++] = wire[i];
      }
      lineStart = wire[i] == '\n' && i > 0 && wire[i - 1] == '\r';
    }
    return Arrays.copyOf(message, Math.max(0, length - 2));
  }
}
