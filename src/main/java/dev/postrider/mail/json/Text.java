package dev.postrider.mail.json;

/** Checks the characters of a string. */
public final class Text {

  private Text() {}

  /**
   * True if the text is safe in one line of a header or an SMTP command: no C0 or C1 control (also
   * no tab), no DEL, no Unicode line or paragraph separator.
   */
  static boolean isLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (breaksLine(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The text without spaces at its ends; the text itself if there are none. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    return text.substring(from, to);
  }

  /**
   * The text on one line: RFC 5322 §2.2.3, a CRLF before a blank is removed. A tab, a blank there,
   * becomes a space.
   */
  static String unfolded(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("\r\n ", i) || text.startsWith("\r\n\t", i)) {
        i++;
      } else {
        line.append(c == '\t' ? ' ' : c);
      }
    }
    return line.toString();
  }

  public static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static boolean breaksLine(char c) {
    return c < 0x20 || c >= 0x7F && (c <= 0x9F || c == 0x2028 || c == 0x2029);
  }

  /** False if there is half of a surrogate pair, which cannot be encoded. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** True if the text has at most {@code max} Unicode code points, as JSON Schema counts. */
  static boolean fits(String text, int max) {
    return text.length() <= max
        || text.length() <= 2L * max && text.codePointCount(0, text.length()) <= max;
  }
}
