package dev.postrider.mime;

/** ASCII between double quotes (RFC 5322 §3.2.4). */
final class QuotedStrings {

  private QuotedStrings() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (width(c) == 2) {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /** Characters that one takes between the quotes. */
  static int width(char c) {
    return c == '"' || c == '\\' ? 2 : 1;
  }
}
