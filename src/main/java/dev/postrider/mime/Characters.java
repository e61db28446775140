package dev.postrider.mime;

/** Character classes of the header grammar. */
final class Characters {

  private Characters() {}

  /** True if every character is from space to tilde. */
  static boolean isPrintableAscii(String text) {
    return isPrintableAscii(text, 0, text.length());
  }

  /** Like {@link #isPrintableAscii(String)}, from {@code from} to before {@code to}. */
  static boolean isPrintableAscii(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** True for any C0 control, DEL or C1 control: some readers treat U+0085 as a line break. */
  static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** RFC 5322 §3.6.8: printable ASCII without space and colon, at least one. */
  static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~' || c == ':') {
        return false;
      }
    }
    return !name.isEmpty();
  }

  static boolean isLetterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  /** Bytes of one character in UTF-8; an unpaired surrogate becomes {@code ?}. */
  static int utf8Length(int codePoint) {
    if (codePoint < 0x80 || codePoint >= 0xD800 && codePoint <= 0xDFFF) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }

  /** Length of the longest run without a space. */
  static int longestWord(String text) {
    int longest = 0;
    int from = 0;
    while (text.length() - from > longest) {
      int end = text.indexOf(' ', from);
      int to = end < 0 ? text.length() : end;
      longest = Math.max(longest, to - from);
      from = to + 1;
    }
    return longest;
  }
}
