package dev.postrider.smtp;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Doubles the dot at the start of a line (RFC 5321 §4.5.2), so that content cannot end itself. A
 * dot after a bare CR or LF is doubled too: some servers read those as line ends, so that a message
 * could smuggle in another one. Linear in the length of the message.
 */
final class DotStuffing {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long DOTS = LOW_BITS * '.';

  private DotStuffing() {}

  /** The message itself if no line starts with a dot, else a stuffed copy. */
  static Buffer stuffed(Buffer message) {
    byte[] bytes = bytes(message);
    int length = message.length();
    int dot = next(bytes, 0, length);
    if (dot < 0) {
      return message;
    }
    Buffer stuffed = Buffer.buffer(length + length / 64 + 1);
    int from = 0;
    for (; dot >= 0; dot = next(bytes, dot + 1, length)) {
      stuffed.appendBytes(bytes, from, dot - from).appendByte((byte) '.');
      from = dot;
    }
    return stuffed.appendBytes(bytes, from, length - from);
  }

  /** Its bytes from index 0 on; without a copy if the buffer has an array, which it usually has. */
  @SuppressWarnings("deprecation") // Vert.x 4 has no other way to Netty's buffer without a copy.
  private static byte[] bytes(Buffer message) {
    ByteBuf inner = message.getByteBuf();
    boolean direct = inner.hasArray() && inner.arrayOffset() + inner.readerIndex() == 0;
    return direct ? inner.array() : message.getBytes();
  }

  /** Index of the next dot that starts a line, or -1; dots are rarer than lines. */
  private static int next(byte[] bytes, int from, int length) {
    int dot = dot(bytes, from, length);
    while (dot > 0 && !endsLine(bytes[dot - 1])) {
      dot = dot(bytes, dot + 1, length);
    }
    return dot;
  }

  /** Index of the next dot, or -1; eight bytes at a time. */
  private static int dot(byte[] bytes, int from, int length) {
    int i = from;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long zeroWhereDot = (long) LONGS.get(bytes, i) ^ DOTS;
      long found = (zeroWhereDot - LOW_BITS) & ~zeroWhereDot & HIGH_BITS; // lowest bit is exact
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < length && bytes[i] != '.') {
      i++;
    }
    return i < length ? i : -1;
  }

  private static boolean endsLine(byte value) {
    return value == '\n' || value == '\r';
  }
}
