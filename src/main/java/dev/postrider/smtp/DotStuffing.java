package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;

/**
 * Doubles the dot at the start of a line (RFC 5321 §4.5.2), so that content cannot end itself. A
 * dot after a bare CR or LF is doubled as well: some servers take those for line ends, and a
 * message could smuggle another one past them. Linear in the length of the message.
 */
final class DotStuffing {

  private static final int WINDOW = 65_536; // octets looked at in one go

  private DotStuffing() {}

  /** The message itself if no line starts with a dot, else a stuffed copy. */
  static Buffer stuffed(Buffer message) {
    if (!needed(message)) {
      return message;
    }
    Buffer stuffed = Buffer.buffer(message.length() + message.length() / 64);
    append(stuffed, message);
    return stuffed;
  }

  /** Appends the message, stuffed where needed. */
  static void append(Buffer target, Buffer message) {
    byte before = '\n';
    for (int start = 0; start < message.length(); start += WINDOW) {
      byte[] window = window(message, start);
      appendWindow(target, window, before);
      before = window[window.length - 1];
    }
  }

  private static void appendWindow(Buffer target, byte[] window, byte before) {
    int from = 0;
    for (int dot = next(window, 0, before); dot >= 0; dot = next(window, dot + 1, before)) {
      target.appendBytes(window, from, dot - from).appendByte((byte) '.');
      from = dot;
    }
    target.appendBytes(window, from, window.length - from);
  }

  private static boolean needed(Buffer message) {
    byte before = '\n';
    for (int start = 0; start < message.length(); start += WINDOW) {
      byte[] window = window(message, start);
      if (next(window, 0, before) >= 0) {
        return true;
      }
      before = window[window.length - 1];
    }
    return false;
  }

  private static byte[] window(Buffer message, int start) {
    return message.getBytes(start, Math.min(start + WINDOW, message.length()));
  }

  /**
   * Index of the next dot that starts a line, or -1. Looks for dots, which are rarer than lines.
   */
  private static int next(byte[] window, int from, byte before) {
    for (int i = from; i < window.length; i++) {
      if (window[i] == '.' && startsLine(i == 0 ? before : window[i - 1])) {
        return i;
      }
    }
    return -1;
  }

  private static boolean startsLine(byte before) {
    return before == '\n' || before == '\r';
  }
}
