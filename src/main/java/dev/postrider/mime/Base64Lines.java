package dev.postrider.mime;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * Content in base64 (RFC 2045 §6.8), 76 characters a line. The JDK's encoder uses vector
 * instructions: it encodes several GB/s, three times as fast as a loop in Java.
 *
 * @param bytes to encode; a text has CRLF line breaks
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are never changed.
record Base64Lines(byte[] bytes) implements Content {

  private static final int LINE_BYTES = 57;

  /** Encoded in one call: whole lines, and small enough not to be a humongous object for G1. */
  private static final int SLICE_BYTES = 1024 * LINE_BYTES;

  /** Encoded size of {@code length} bytes, including line breaks. */
  static int size(int length) {
    return (length + 2) / 3 * 4 + 2 * ((length + LINE_BYTES - 1) / LINE_BYTES);
  }

  /**
   * Converts line breaks to CRLF before encoding (RFC 2045 §6.8).
   *
   * @param utf8 line breaks as LF only
   */
  static Base64Lines ofText(byte[] utf8) {
    int breaks = 0;
    for (byte b : utf8) {
      breaks += b == '\n' ? 1 : 0;
    }
    byte[] text = new byte[utf8.length + breaks];
    int to = 0;
    for (byte b : utf8) {
      if (b == '\n') {
        text[to++] = '\r';
      }
      text[to++] = b;
    }
    return new Base64Lines(text);
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
    for (int from = 0; from < bytes.length; from += SLICE_BYTES) {
      if (from > 0) {
        out.lineBreak();
      }
      int to = Math.min(bytes.length, from + SLICE_BYTES);
      ByteBuffer lines =
          Base64.getMimeEncoder().encode(ByteBuffer.wrap(bytes, from, to - from)); // no copy
      out.bytes(lines.array(), 0, lines.limit());
    }
  }
}
