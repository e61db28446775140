package dev.postrider.mime;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How the value of a MIME parameter is encoded. */
enum ParameterForm {
  /** A quoted string of RFC 5322 §3.2.4. */
  QUOTED("=\"", "=\"", "\"") {
    @Override
    String escape(String text) {
      return QuotedStrings.escape(text);
    }
  },

  /**
   * RFC 2231 §4 and §7: the charset once; all but letters, digits, {@code - . _} as {@code %XX}.
   */
  EXTENDED("*=UTF-8''", "*=", "") {
    @Override
    String escape(String text) {
      ByteSink escaped = new ByteSink(3 * text.length());
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        if (Characters.isLetterOrDigit(b) || b == '-' || b == '.' || b == '_') {
          escaped.put(b);
        } else {
          escaped.hex('%', b);
        }
      }
      return new String(escaped.toBytes(), StandardCharsets.US_ASCII);
    }
  };

  /** Many mail clients decode such text even between quotes and then show another name. */
  private static final Pattern LOOKS_ENCODED = Pattern.compile("=\\?|^[\\w-]*'[\\w-]*'");

  private final String first;
  private final String further;
  private final String closing;

  ParameterForm(String first, String further, String closing) {
    this.first = first;
    this.further = further;
    this.closing = closing;
  }

  static ParameterForm of(String value) {
    boolean plain = Characters.isPrintableAscii(value) && !LOOKS_ENCODED.matcher(value).find();
    return plain ? QUOTED : EXTENDED;
  }

  /** The text between the name, or a piece's number, and the value. */
  String opening(boolean ofFirstPiece) {
    return ofFirstPiece ? first : further;
  }

  String closing() {
    return closing;
  }

  abstract String escape(String text);
}
