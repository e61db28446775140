package dev.postrider.support.smtpserver;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Set;

/**
 * The content of one mail as it comes in: its bytes if they are kept, their number, their
 * violations.
 */
final class MessageContent {

  private static final byte[] NONE = {};

  private final boolean dotted;
  private final LineScan lines;
  private final ByteArrayOutputStream kept;
  private long size;

  /**
   * @param dotted whether it comes by DATA, dot-stuffed, rather than by BDAT
   * @param keep whether the bytes are kept
   */
  MessageContent(boolean dotted, boolean keep) {
    this.dotted = dotted;
    this.lines = new LineScan(dotted);
    this.kept = keep ? new ByteArrayOutputStream() : null;
  }

  /** Reads bytes up to the end of the content; returns the index after the last one. */
  int take(byte[] bytes, int from, int to) {
    int end = lines.scan(bytes, from, to);
    size += end - from;
    if (kept != null) {
      kept.write(bytes, from, end - from);
    }
    return end;
  }

  /** Forgets the bytes, not their number: a mail over the size limit needs no memory. */
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

  Set<ProtocolViolation> violations() {
    if (!dotted && !lines.atLineStart()) {
      lines.violations().add(ProtocolViolation.OPEN_LAST_LINE);
    }
    return lines.violations();
  }

  /** The bytes without stuffing and without the final dot line. */
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
