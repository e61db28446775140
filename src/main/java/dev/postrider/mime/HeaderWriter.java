package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/**
 * Writes header fields word by word and folds between words. A control character never passes: it
 * is refused with the name of its field, although the codec has refused it before.
 */
final class HeaderWriter {

  /**
   * RFC 5322 §2.1.1 asks for at most 78 characters, RFC 2047 §2 for at most 76 where an encoded
   * word stands; the two between them leave room for a comma or a semicolon after any word.
   */
  static final int LINE_MAX = 76;

  /** RFC 5322 §2.1.1: no line may be longer, CRLF not counted. */
  static final int LINE_LIMIT = 998;

  private final ByteSink out;
  private String field = "";
  private int lineStart;
  private int bodyStart;

  HeaderWriter(ByteSink out) {
    this.out = out;
  }

  /** Opens a field: its name and the colon. */
  HeaderWriter field(String name) {
    field = name;
    if (!Characters.isToken(name)) {
      throw new IllegalArgumentException(
          "A header's name is not one of RFC 5322 §3.6.8: the mail was not composed");
    }
    lineStart = out.length();
    out.ascii(name);
    out.put(':');
    bodyStart = out.length();
    return this;
  }

  /** Writes a short field of one word. */
  void field(String name, String word) {
    field(name).word(word).end();
  }

  /** A space, or a fold and a space, and the word, which is never broken. */
  HeaderWriter word(String word) {
    return word(word, 0, word.length());
  }

  private HeaderWriter word(String text, int from, int to) {
    refuseUnlessPrintable(text, from, to);
    space(to - from);
    out.ascii(text, from, to);
    return this;
  }

  /** As {@link #word}, for the one case in which RFC 6532 lets UTF-8 into a header. */
  HeaderWriter wordInUtf8(String word) {
    refuseControls(word);
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    space(utf8.length);
    out.bytes(utf8, 0, utf8.length);
    return this;
  }

  /**
   * ASCII text, folded at its spaces and otherwise as it is: the fold goes before the first of
   * several spaces, so that unfolding (RFC 5322 §2.2.3) gives back every one of them.
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

  /** A comma or semicolon right after the last word; {@link #LINE_MAX} leaves room for it. */
  HeaderWriter mark(char mark) {
    out.put(mark);
    return this;
  }

  /** Writes a space, folded first if {@code width} more characters do not fit on this line. */
  ByteSink space(int width) {
    int end = column() + 1 + width;
    if (end > LINE_MAX && mayFold() || end > LINE_LIMIT) {
      fold();
    }
    out.put(' ');
    return out;
  }

  /**
   * The first word stays beside the name, if that is not very long itself: a fold right after the
   * colon is allowed, but some readers take the space after it for a part of the value.
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

  /** The empty line between the header and the body. */
  void finish() {
    out.lineBreak();
  }

  /** Refuses a text with a control character: a line break would forge fields (CWE-93). */
  void refuseControls(String text) {
    if (Characters.hasControl(text)) {
      throw new IllegalArgumentException(
          "Field " + field + " holds a control character: the mail was not composed");
    }
  }

  private void refuseUnlessPrintable(String text, int from, int to) {
    if (!Characters.isPrintableAscii(text, from, to)) {
      throw new IllegalArgumentException(
          "Field "
              + field
              + " holds a character beyond printable ASCII: the mail was not composed");
    }
  }
}
