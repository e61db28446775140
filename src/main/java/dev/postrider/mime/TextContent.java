package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/** Chooses the transfer encoding of a text: none if that is safe, else the smaller one. */
final class TextContent {

  private static final char DEL = 0x7F;

  private TextContent() {}

  static Content of(String text, Boundaries boundaries) {
    String lines = withLineFeeds(text);
    return isPlain(lines) && isFitAsItIs(lines, boundaries)
        ? new SevenBit(lines)
        : smaller(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** ASCII without controls: RFC 2045 §2.7 forbids NUL, and relays drop or change the others. */
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

  /** Converts CRLF and CR to LF. */
  private static String withLineFeeds(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /**
   * RFC 2045 §2.7 forbids lines over 998; a leading dot would need stuffing (RFC 5321 §4.5.2), mbox
   * files change a leading "From ", and a boundary must not occur.
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
