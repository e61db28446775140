package dev.postrider.mime;

/** Writes ASCII between double quotes (RFC 5322 §3.2.4). */
final class QuotedStrings {

  private QuotedStrings() {}

  static String of(String text) {
    return '"' + escape(text) + '"';
  }

  /** The text between the quotes. */
  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
