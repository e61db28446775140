package dev.postrider.mime;

/**
 * Writes parameters of a MIME field: ASCII as a quoted string, other text as in RFC 2231 §4, and
 * values that are too long for a line in the numbered pieces of §3.
 */
final class Parameters {

  /** So that a parameter, the space before it and a semicolon fit into one line. */
  private static final int WIDTH_MAX = HeaderWriter.LINE_MAX - 2;

  private Parameters() {}

  static void write(HeaderWriter out, String name, String value) {
    out.refuseControls(value);
    ParameterForm form = ParameterForm.of(value);
    String whole = name + form.opening(true) + form.escape(value) + form.closing();
    if (whole.length() <= WIDTH_MAX) {
      out.mark(';').word(whole);
    } else {
      writePieces(out, name, value, form);
    }
  }

  /**
   * Writes a non-ASCII parameter as encoded words between quotes. RFC 2047 §5 (3) forbids it, but
   * some mail clients understand no other form.
   */
  static void writeForOldReaders(HeaderWriter out, String name, String value) {
    if (!Characters.isPrintableAscii(value)) {
      EncodedWords.write(out.mark(';'), name + "=\"", value);
      out.mark('"');
    }
  }

  private static void writePieces(HeaderWriter out, String name, String value, ParameterForm form) {
    int from = 0;
    for (int number = 0; from < value.length(); number++) {
      String opening = name + '*' + number + form.opening(number == 0);
      int to = cut(value, from, WIDTH_MAX - opening.length() - form.closing().length(), form);
      out.mark(';').word(opening + form.escape(value.substring(from, to)) + form.closing());
      from = to;
    }
  }

  /** The end of the part that fits into {@code width}, never within a code point. */
  private static int cut(String value, int from, int width, ParameterForm form) {
    int room = width;
    int to = from;
    while (to < value.length()) {
      int next = value.offsetByCodePoints(to, 1);
      room -= form.escape(value.substring(to, next)).length();
      if (room < 0) {
        break;
      }
      to = next;
    }
    return to;
  }
}
