package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/**
 * Writes header fields word by word and folds between words. Refuses control characters with the
 * name of the field, as a second check after the codec's.
 */
final class HeaderWriter {

  /**
   * RFC 5322 §2.1.1 recommends at most 78 characters, RFC 2047 §2 at most 76 with an encoded word.
   * The difference leaves room for a comma or a semicolon after any word.
   */
  static final int LINE_MAX = 76;

  /** RFC 5322 §2.1.1: longest line, without CRLF. */
  static final int LINE_LIMIT = 998;

  private final ByteSink out;
  private String field = "";
  private int lineStart;
  private int bodyStart;

  HeaderWriter(ByteSink out) {
    this.out = out;
  }

  /** Starts a field: writes its name and the colon. */
  HeaderWriter field(String name) {
    field = name;
    if (!Characters.isToken(name)) {
      throw new IllegalArgumentException(
          "A header's name does not match RFC 5322 §3.6.8: the mail was not composed");
    }
    lineStart = out.length();
    out.ascii(name);
    out.put(':');
    bodyStart = out.length();
    return this;
  }

  /** Writes a field of one word. */
  void field(String name, String word) {
    field(name).word(word).end();
  }

  /** Writes a space, folded if needed, and the word, which is never split. */
  HeaderWriter word(String word) {
    return word(word, 0, word.length());
  }

  private HeaderWriter word(String text, int from, int to) {
    refuseUnlessPrintable(text, from, to);
    space(to - from);
    out.ascii(text, from, to);
    return this;
  }

  /** Like {@link #word}, for an address with a UTF-8 local part (RFC 6532). */
  HeaderWriter wordInUtf8(String word) {
    refuseControls(word);
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    space(utf8.length);
    out.bytes(utf8, 0, utf8.length);
    return this;
  }

  /**
   * Writes ASCII text, folded at its spaces. It folds before the first of several spaces, so that
   * unfolding (RFC 5322 §2.2.3) restores all of them.
   */
  HeaderWriter words(String text) {
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf(' ', firstOther(text, from));
      int to = end < 0 ? text.length() : end;
      word(text, from, to);
      from = to + 1;
    }
    return this;
  }

  private static int firstOther(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  /** Writes a comma or semicolon after the last word; {@link #LINE_MAX} leaves room for it. */
  HeaderWriter mark(char mark) {
    out.put(mark);
    return this;
  }

  /** Writes a space; folds first if {@code width} more characters do not fit on this line. */
  ByteSink space(int width) {
    int end = column() + 1 + width;
    if (end > LINE_MAX && mayFold() || end > LINE_LIMIT) {
      fold();
    }
    out.put(' ');
    return out;
  }

  /**
   * The first word stays on the line of the name, unless the name is very long: a fold directly
   * after the colon is allowed, but some readers treat the space after it as part of the value.
   */
  boolean mayFold() {
    return out.length() > bodyStart || column() > LINE_MAX / 2;
  }

  private void fold() {
    out.lineBreak();
    lineStart = out.length();
  }

  /** Characters on the current line so far. */
  int column() {
    return out.length() - lineStart;
  }

  void end() {
    out.lineBreak();
  }

  /** Writes the empty line between header and body. */
  void finish() {
    out.lineBreak();
  }

  /** Refuses a text with a control character: a line break would inject fields (CWE-93). */
  void refuseControls(String text) {
    if (Characters.hasControl(text)) {
      throw new IllegalArgumentException(
          "Field " + field + " contains a control character: the mail was not composed");
    }
  }

  private void refuseUnlessPrintable(String text, int from, int to) {
    if (!Characters.isPrintableAscii(text, from, to)) {
      throw new IllegalArgumentException(
          "Field "
              + field
              + " contains a character that is not printable ASCII: the mail was not composed");
    }
  }
}
