package dev.postrider.mime;

import java.util.Base64;

/** The two encodings of RFC 2047 §4. */
enum WordEncoding {
  /** Readable: RFC 2047 §4.2 with the small alphabet of §5 (3), which is allowed everywhere. */
  Q("=?UTF-8?Q?") {
    @Override
    int capacity(int width) {
      return width;
    }

    @Override
    int weight(int codePoint) {
      return isLiteral(codePoint) || codePoint == ' ' ? 1 : 3 * Characters.utf8Length(codePoint);
    }

    @Override
    int width(byte[] utf8) {
      int width = 0;
      for (byte b : utf8) {
        width += isLiteral(b) || b == ' ' ? 1 : 3;
      }
      return width;
    }

    @Override
    void write(ByteSink out, byte[] utf8) {
      for (byte b : utf8) {
        if (isLiteral(b)) {
          out.put(b);
        } else if (b == ' ') {
          out.put('_');
        } else {
          out.hex('=', b);
        }
      }
    }
  },

  /** Compact for non-Latin text: three bytes become four characters. */
  B("=?UTF-8?B?") {
    @Override
    int capacity(int width) {
      return width / 4 * 3;
    }

    @Override
    int weight(int codePoint) {
      return Characters.utf8Length(codePoint);
    }

    @Override
    int width(byte[] utf8) {
      return (utf8.length + 2) / 3 * 4;
    }

    @Override
    void write(ByteSink out, byte[] utf8) {
      byte[] base64 = Base64.getEncoder().encode(utf8);
      out.bytes(base64, 0, base64.length);
    }
  };

  private final String opening;

  WordEncoding(String opening) {
    this.opening = opening;
  }

  /** {@code Q} if it is not longer, because it is readable in the source. */
  static WordEncoding shorterFor(String text) {
    int q = Q.weight(text, 0, text.length());
    int b = (B.weight(text, 0, text.length()) + 2) / 3 * 4;
    return q <= b ? Q : B;
  }

  String opening() {
    return opening;
  }

  /** The weight that fits into {@code width} characters. */
  abstract int capacity(int width);

  /** The part of the capacity that a character uses. */
  abstract int weight(int codePoint);

  /** Number of characters of these encoded bytes. */
  abstract int width(byte[] utf8);

  abstract void write(ByteSink out, byte[] utf8);

  int weight(String text, int from, int to) {
    int weight = 0;
    int at = from;
    while (at < to) {
      int codePoint = text.codePointAt(at);
      weight += weight(codePoint);
      at += Character.charCount(codePoint);
    }
    return weight;
  }

  private static boolean isLiteral(int c) {
    return Characters.isLetterOrDigit(c)
        || c == '-'
        || c == '!'
        || c == '*'
        || c == '+'
        || c == '/';
  }
}
