package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/**
 * Parameters of a MIME field. ASCII goes into one quoted string, anything else into the form of RFC
 * 2231 §4, and what is too long for a line into the numbered pieces of §3.
 */
final class Parameters {

  /** A parameter, its semicolon and the space before it fit into one line. */
  private static final int WIDTH_MAX = HeaderWriter.LINE_MAX - 2;

  private static final String CHARSET = "UTF-8''";

  private Parameters() {}

  static void write(HeaderWriter out, String name, String value) {
    out.refuseControls(value);
    if (Characters.isPrintableAscii(value)) {
      writeQuoted(out, name, value);
    } else {
      writeExtended(out, name, value);
    }
  }

  /**
   * Writes a parameter as encoded words between quotes. RFC 2047 §5 (3) says that nobody should,
   * but some readers know no other form. Nothing is written if plain ASCII does.
   */
  static void writeForOldReaders(HeaderWriter out, String name, String value) {
    if (!Characters.isPrintableAscii(value)) {
      EncodedWords.write(out.mark(';'), name + "=\"", value);
      out.mark('"');
    }
  }

  private static void writeQuoted(HeaderWriter out, String name, String value) {
    String whole = name + '=' + QuotedStrings.of(value);
    if (whole.length() <= WIDTH_MAX) {
      out.mark(';').word(whole);
      return;
    }
    int from = 0;
    for (int piece = 0; from < value.length(); piece++) {
      String opening = name + '*' + piece + "=\"";
      int to = from;
      int room = WIDTH_MAX - opening.length() - 1;
      while (to < value.length() && room >= QuotedStrings.width(value.charAt(to))) {
        room -= QuotedStrings.width(value.charAt(to++));
      }
      out.mark(';').word(name + '*' + piece + '=' + QuotedStrings.of(value.substring(from, to)));
      from = to;
    }
  }

  private static void writeExtended(HeaderWriter out, String name, String value) {
    String whole = name + "*=" + CHARSET + percent(value);
    if (whole.length() <= WIDTH_MAX) {
      out.mark(';').word(whole);
      return;
    }
    int from = 0;
    for (int piece = 0; from < value.length(); piece++) {
      StringBuilder part = new StringBuilder(name).append('*').append(piece).append("*=");
      part.append(piece == 0 ? CHARSET : "");
      int to = from;
      while (to < value.length()) {
        int next = value.offsetByCodePoints(to, 1);
        String escaped = percent(value.substring(to, next));
        if (part.length() + escaped.length() > WIDTH_MAX) {
          break;
        }
        part.append(escaped);
        to = next;
      }
      out.mark(';').word(part.toString());
      from = to;
    }
  }

  /** RFC 2231 §7: everything but an attribute-char as {@code %XX}. */
  private static String percent(String text) {
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
}
