package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Doubles the dot at the start of a line (RFC 5321 §4.5.2), so that content cannot end itself. A
 * dot after a bare CR or LF is doubled as well: some servers take those for line ends, and a
 * message could smuggle another one past them. Linear in the length of the message.
 */
final class DotStuffing {

  private static final int WINDOW = 65_536; // octets looked at in one go

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long DOTS = LOW_BITS * '.';

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

  /** Index of the next dot that starts a line, or -1; dots are rarer than lines. */
  private static int next(byte[] window, int from, byte before) {
    int dot = dot(window, from);
    while (dot >= 0 && !startsLine(dot == 0 ? before : window[dot - 1])) {
      dot = dot(window, dot + 1);
    }
    return dot;
  }

  /** Index of the next dot, or -1; eight octets at a time. */
  private static int dot(byte[] window, int from) {
    int i = from;
    for (; i + Long.BYTES <= window.length; i += Long.BYTES) {
      long zeroWhereDot = (long) WORDS.get(window, i) ^ DOTS;
      long found = (zeroWhereDot - LOW_BITS) & ~zeroWhereDot & HIGH_BITS; // lowest bit is exact
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < window.length && window[i] != '.') {
      i++;
    }
    return i < window.length ? i : -1;
  }

  private static boolean startsLine(byte before) {
    return before == '\n' || before == '\r';
  }
}
