package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/** Chooses how a text travels: as it is if that is safe, else in the encoding that is smaller. */
final class TextContent {

  private static final char DEL = 0x7F;

  private TextContent() {}

  static Content of(String text, Boundaries boundaries) {
    String lines = withLineFeeds(text);
    return isPlain(lines) && isFitAsItIs(lines, boundaries)
        ? new SevenBit(lines)
        : smaller(lines.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * ASCII without controls: RFC 2045 §2.7 forbids NUL; the others are legal as they are, but relays
   * drop or alter them.
   */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= DEL || c < ' ' && c != '\n' && c != '\t') {
        return false;
      }
    }
    return true;
  }

  private static Content smaller(byte[] utf8) {
    QuotedPrintable readable = new QuotedPrintable(utf8);
    return readable.size() <= Base64Lines.size(utf8.length) ? readable : Base64Lines.ofText(utf8);
  }

  /** CRLF, CR and LF all end a line; from here on LF alone does. */
  private static String withLineFeeds(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /**
   * RFC 2045 §2.7 forbids lines over 998; a leading dot would have to be stuffed (RFC 5321 §4.5.2),
   * a leading "From " gets a {@code >} in mbox files, and a boundary must not occur.
   */
  private static boolean isFitAsItIs(String text, Boundaries boundaries) {
    if (boundaries.mayOccurIn(text)) {
      return false;
    }
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end;
      if (!isFit(text, from, to)) {
        return false;
      }
      from = to + 1;
    }
    return true;
  }

  private static boolean isFit(String text, int from, int to) {
    return to - from <= HeaderWriter.LINE_LIMIT
        && !text.startsWith(".", from)
        && !text.startsWith("From ", from);
  }
}
