package dev.postrider.mime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array. All parts write into the same one, which avoids copies. */
final class ByteSink {

  static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;

  /**
   * @param capacityExpected estimated size; a good estimate avoids every copy
   */
  ByteSink(int capacityExpected) {
    bytes = new byte[capacityExpected];
  }

  void put(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  /** Writes an escape: the mark and two upper-case hexadecimal digits (RFC 2045 §6.7). */
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

  /** Writes ASCII characters. */
  void ascii(String text) {
    ascii(text, 0, text.length());
  }

  /**
   * Writes ASCII characters, from {@code from} to before {@code to}. The deprecated method drops
   * the high bytes, which are 0 in ASCII, and is a plain memory copy.
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

  /** The array, with {@code room} free bytes after {@link #length}; write, then advance. */
  byte[] reserve(int room) {
    if (bytes.length - length < room) {
      // Doubling, so that n bytes cost O(n) copies; addExact fails above the largest array.
      bytes = Arrays.copyOf(bytes, Math.addExact(length, Math.max(room, length)));
    }
    return bytes;
  }

  /** Sets the length to {@code end}, after a write into the reserved array. */
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

  /** The bytes written so far, without a copy. */
  ByteBuffer written() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
