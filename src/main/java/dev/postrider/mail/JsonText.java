package dev.postrider.mail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A JSON document as characters.
 *
 * @param text the document, or what comes before its first fault
 * @param brokenAt index of the first byte that is not UTF-8; -1 if all are
 * @param escapes true if a Unicode escape occurs: only so can NUL or half a surrogate pair get in
 */
record JsonText(String text, int brokenAt, boolean escapes) {

  private static final char REPLACEMENT = '\uFFFD';

  static JsonText of(byte[] json, int offset, int length) {
    // The fast decoder does not report faults but leaves U+FFFD: only then the strict one looks.
    String text = new String(json, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      return strictly(ByteBuffer.wrap(json, offset, length).slice());
    }
    return whole(text);
  }

  private static JsonText strictly(ByteBuffer bytes) {
    CharBuffer chars = CharBuffer.allocate(bytes.remaining());
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    boolean broken = decoder.decode(bytes, chars, true).isError();
    String text = chars.flip().toString();
    return broken ? new JsonText(text, bytes.position(), true) : whole(text);
  }

  private static JsonText whole(String text) {
    return new JsonText(text, -1, text.contains("\\u"));
  }

  boolean broken() {
    return brokenAt >= 0;
  }

  /** How many bytes the first {@code chars} characters take. */
  int bytes(long chars) {
    int end = (int) Math.min(Math.max(chars, 0), text.length());
    return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
  }
}
