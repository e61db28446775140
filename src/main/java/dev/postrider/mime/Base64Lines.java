package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/**
 * Bytes in base64 (RFC 2045 §6.8), 76 characters a line.
 *
 * @param bytes as they are; a text has CRLF line breaks
 */
@SuppressWarnings("ArrayRecordComponent") // The record hands the bytes on and never alters them.
record Base64Lines(byte[] bytes) implements Content {

  private static final int ROW_BYTES = 57;

  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
          .getBytes(StandardCharsets.US_ASCII);

  /** Characters that {@code length} bytes take, line breaks included, but for the last one. */
  static int size(int length) {
    return (length + 2) / 3 * 4 + 2 * Math.max(0, (length - 1) / ROW_BYTES);
  }

  @Override
  public String encoding() {
    return "base64";
  }

  @Override
  public int size() {
    return size(bytes.length);
  }

  @Override
  public void write(ByteSink out) {
    byte[] target = out.reserve(size());
    int to = out.length();
    for (int from = 0; from < bytes.length; from += ROW_BYTES) {
      if (from > 0) {
        target[to] = '\r';
        target[to + 1] = '\n';
        to += 2;
      }
      to = row(target, to, from, Math.min(bytes.length, from + ROW_BYTES));
    }
    out.advanceTo(to);
  }

  private int row(byte[] target, int start, int from, int end) {
    int to = start;
    int at = from;
    for (; at + 2 < end; at += 3) {
      int three = bytes[at] << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
      target[to] = ALPHABET[three >> 18 & 0x3F];
      target[to + 1] = ALPHABET[three >> 12 & 0x3F];
      target[to + 2] = ALPHABET[three >> 6 & 0x3F];
      target[to + 3] = ALPHABET[three & 0x3F];
      to += 4;
    }
    return at == end ? to : rest(target, to, at, end - at);
  }

  /** RFC 4648 §4: one or two bytes are left and padded. */
  private int rest(byte[] target, int to, int at, int left) {
    int three = bytes[at] << 16 | (left == 2 ? (bytes[at + 1] & 0xFF) << 8 : 0);
    target[to] = ALPHABET[three >> 18 & 0x3F];
    target[to + 1] = ALPHABET[three >> 12 & 0x3F];
    target[to + 2] = left == 2 ? ALPHABET[three >> 6 & 0x3F] : (byte) '=';
    target[to + 3] = '=';
    return to + 4;
  }
}
