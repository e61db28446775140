package dev.postrider.mime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One growing array of bytes that everything is written into, so that nothing is copied twice. */
final class ByteSink {

  static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  /**
   * @param capacityExpected bytes that will probably be written; a good guess saves every copy
   */
  ByteSink(int capacityExpected) {
    bytes = new byte[capacityExpected];
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Writes an escape: the mark and two hexadecimal digits in upper case (RFC 2045 §6.7). */
  void hex(char mark, byte value) {
    reserve(3);
    bytes[length++] = (byte) mark;
    bytes[length++] = HEX[value >> 4 & 0xF];
    bytes[length++] = HEX[value & 0xF];
  }

  void lineBreak() {
    reserve(2);
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  /** Writes characters known to be ASCII. */
  void ascii(String text) {
    ascii(text, 0, text.length());
  }

  /**
   * Writes characters known to be ASCII, from {@code from} to before {@code to}. The deprecated
   * method drops high bytes, of which there are none, and is a plain copy of memory.
   */
  @SuppressWarnings("deprecation")
  void ascii(String text, int from, int to) {
    reserve(to - from);
    text.getBytes(from, to, bytes, length);
    length += to - from;
  }

  void bytes(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** The array itself, with {@code room} free bytes after {@link #length}; write, then advance. */
  byte[] reserve(int room) {
    if (bytes.length - length < room) {
      // Doubling, so that n bytes cost O(n) copies; addExact refuses what no array can hold.
      bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(room, length)));
    }
    return bytes;
  }

  /** Takes as written what was put into the reserved array before position {@code end}. */
  void advanceTo(int end) {
    length = end;
  }

  int length() {
    return length;
  }

  boolean endsWithLineFeed() {
    return length > 0 && bytes[length - 1] == '\n';
  }

  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** What was written so far, in the array it was written into. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
