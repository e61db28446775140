package dev.postrider.mail.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Scans the bytes of a document before it is parsed: whether they are UTF-8 without overlong forms
 * and surrogates (the parser does not check that), and whether a Unicode escape occurs. Reads eight
 * ASCII bytes in one step.
 */
final class Utf8Scan {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x80 * ONES;
  private static final long BACKSLASHES = '\\' * ONES;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int position;
  private boolean malformed;
  private boolean hasEscapes;

  Utf8Scan(byte[] json, int offset, int length) {
    this.bytes = json;
    this.start = offset;
    this.end = offset + length;
    this.position = offset;
    scan();
  }

  /** True if the bytes are not UTF-8. */
  boolean malformed() {
    return malformed;
  }

  /** Number of bytes before the first fault. */
  int validLength() {
    return position - start;
  }

  /** True if a Unicode escape occurs: only an escape can give NUL or half a surrogate pair. */
  boolean hasEscapes() {
    return hasEscapes;
  }

  private void scan() {
    while (position < end && !malformed) {
      position = endOfPlain(position);
      scanBytes(Math.min(position + Long.BYTES, end));
    }
  }

  private int endOfPlain(int from) {
    int last = end - Long.BYTES;
    int i = from;
    while (i <= last && isPlain((long) EIGHT.get(bytes, i))) {
      i += Long.BYTES;
    }
    return i;
  }

  /**
   * True if all eight bytes are ASCII and not a backslash: the bit trick that finds a zero byte.
   */
  private static boolean isPlain(long eight) {
    long other = eight ^ BACKSLASHES;
    return ((eight | (other - ONES) & ~other) & HIGH_BITS) == 0;
  }

  private void scanBytes(int until) {
    while (position < until && !malformed) {
      int length = bytes[position] >= 0 ? ascii() : sequenceLength();
      malformed = length == 0;
      position += length;
    }
  }

  private int ascii() {
    hasEscapes |= bytes[position] == '\\' && byteAt(1) == 'u';
    return 1;
  }

  /** Length of a well-formed sequence (Unicode, table 3-7); 0 if it is malformed. */
  private int sequenceLength() {
    int lead = byteAt(0);
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byteAt(1) < least || byteAt(1) > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((byteAt(i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  /** The byte at this distance; beyond the end 0, which is no continuation byte. */
  private int byteAt(int ahead) {
    return position + ahead < end ? bytes[position + ahead] & 0xFF : 0;
  }
}
