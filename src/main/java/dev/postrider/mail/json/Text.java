package dev.postrider.mail.json;

/** What a string may hold before it may stand in a header, an envelope or a body. */
public final class Text {

  private Text() {}

  /**
   * True if the text can stand on one line of a header or an SMTP command: no C0 or C1 control, no
   * DEL, no Unicode line or paragraph separator. Tab is a control too.
   */
  static boolean isLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (breaksLine(text.charAt(i))) {
        return false;
      }
    }
    return true;
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

  /** True unless half of a surrogate pair stands alone, which no encoder could write. */
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

  /** True if the text has at most {@code max} Unicode characters: what JSON Schema counts too. */
  static boolean fits(String text, int max) {
    return text.length() <= max
        || text.length() <= 2L * max && text.codePointCount(0, text.length()) <= max;
  }
}
