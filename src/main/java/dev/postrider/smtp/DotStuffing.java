package dev.postrider.smtp;

import io.netty.buffer.ByteBuf;
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

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long DOTS = LOW_BITS * '.';

  private DotStuffing() {}

  /** The message itself if no line starts with a dot, else a stuffed copy. */
  static Buffer stuffed(Buffer message) {
    byte[] octets = octets(message);
    int length = message.length();
    int dot = next(octets, 0, length);
    if (dot < 0) {
      return message;
    }
    Buffer stuffed = Buffer.buffer(length + length / 64 + 1);
    int from = 0;
    for (; dot >= 0; dot = next(octets, dot + 1, length)) {
      stuffed.appendBytes(octets, from, dot - from).appendByte((byte) '.');
      from = dot;
    }
    return stuffed.appendBytes(octets, from, length - from);
  }

  /** Its octets from index 0 on, without a copy where it lies in an array, as a rule it does. */
  private static byte[] octets(Buffer message) {
    ByteBuf inner = message.getByteBuf();
    boolean asItIs = inner.hasArray() && inner.arrayOffset() + inner.readerIndex() == 0;
    return asItIs ? inner.array() : message.getBytes();
  }

  /** Index of the next dot that starts a line, or -1; dots are rarer than lines. */
  private static int next(byte[] octets, int from, int length) {
    int dot = dot(octets, from, length);
    while (dot > 0 && !endsLine(octets[dot - 1])) {
      dot = dot(octets, dot + 1, length);
    }
    return dot;
  }

  /** Index of the next dot, or -1; eight octets at a time. */
  private static int dot(byte[] octets, int from, int length) {
    int i = from;
    for (; i + Long.BYTES <= length; i += Long.BYTES) {
      long zeroWhereDot = (long) WORDS.get(octets, i) ^ DOTS;
      long found = (zeroWhereDot - LOW_BITS) & ~zeroWhereDot & HIGH_BITS; // lowest bit is exact
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < length && octets[i] != '.') {
      i++;
    }
    return i < length ? i : -1;
  }

  private static boolean endsLine(byte octet) {
    return octet == '\n' || octet == '\r';
  }
}
