package dev.postrider.mime;

/**
 * Writes parameters of a MIME field: ASCII as a quoted string, other text as in RFC 2231 §4. Only a
 * value that is too long for any line is written in the numbered pieces of §3, because many mail
 * clients do not join them.
 */
final class Parameters {

  /** So that a piece, the space before it and a semicolon fit into one line. */
  private static final int WIDTH_MAX = HeaderWriter.LINE_MAX - 2;

  /** The same for a line of its own that cannot be folded. */
  private static final int WIDTH_LIMIT = HeaderWriter.LINE_LIMIT - 2;

  private Parameters() {}

  static void write(HeaderWriter out, String name, String value) {
    out.refuseControls(value);
    ParameterForm form = ParameterForm.of(value);
    String whole = whole(name, value, form);
    if (whole.length() <= WIDTH_LIMIT) {
      out.mark(';').word(whole);
    } else {
      writePieces(out, name, value, form);
    }
  }

  /**
   * Writes a parameter for mail clients that do not know RFC 2231: text that is not a plain quoted
   * string as encoded words between quotes, which RFC 2047 §5 (3) forbids.
   */
  static void writeForOldReaders(HeaderWriter out, String name, String value) {
    ParameterForm form = ParameterForm.of(value);
    String whole = whole(name, value, form);
    if (form == ParameterForm.QUOTED && whole.length() <= WIDTH_LIMIT) {
      out.mark(';').word(whole);
    } else {
      EncodedWords.write(out.mark(';'), name + "=\"", value);
      out.mark('"');
    }
  }

  private static String whole(String name, String value, ParameterForm form) {
    return name + form.opening(true) + form.escape(value) + form.closing();
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
