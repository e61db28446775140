package dev.postrider.mime;

/**
 * Text in quoted-printable (RFC 2045 §6.7): lines of at most 76 characters, none of which starts
 * with a dot or "From ", because SMTP or mbox files would change such lines.
 */
final class QuotedPrintable implements Content {

  private static final int LINE_MAX = 76;

  /** The longest line, the break after it and one more escape. */
  private static final int LINE_ROOM = LINE_MAX + 5;

  private final byte[] utf8;
  private final int size;

  /**
   * @param utf8 line breaks as LF only
   */
  QuotedPrintable(byte[] utf8) {
    this.utf8 = utf8;
    this.size = measure(utf8);
  }

  private static int measure(byte[] utf8) {
    int width = utf8.length;
    for (byte b : utf8) {
      width += isLiteral(b) || b == '\n' ? 0 : 2;
    }
    return width + width / (LINE_MAX / 4); // a soft break takes three, a hard one a second
  }

  /** RFC 2045 §6.7 (2); non-ASCII bytes are negative. */
  private static boolean isLiteral(byte b) {
    return b >= ' ' && b <= '~' && b != '=' || b == '\t';
  }

  @Override
  public String encoding() {
    return "quoted-printable";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void write(ByteSink out) {
    int from = 0;
    while (from < utf8.length) {
      int end = lineEnd(from);
      writeLine(out, from, end);
      if (end < utf8.length) {
        out.lineBreak();
      }
      from = end + 1;
    }
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < utf8.length && utf8[at] != '\n') {
      at++;
    }
    return at;
  }

  private void writeLine(ByteSink out, int from, int end) {
    int at = from;
    while (at < end) {
      at = writeRow(out, at, end);
      if (at < end) {
        out.put('=');
        out.lineBreak();
      }
    }
  }

  /** Writes the part of the line that fits into one row; returns the start of the next row. */
  private int writeRow(ByteSink out, int from, int end) {
    byte[] row = out.reserve(LINE_ROOM);
    int to = out.length();
    int limit = to + LINE_MAX;
    int at = from;
    if (isAlteredAtStart(from, end)) {
      to = escape(row, to, utf8[at++]);
    }
    for (; at < end; at++) {
      byte b = utf8[at];
      boolean last = at + 1 == end;
      boolean literal = isLiteral(b) && !(last && isBlank(b));
      int softBreak = last ? 0 : 1;
      if (to + (literal ? 1 : 3) + softBreak > limit) {
        break;
      }
      to = literal ? literal(row, to, b) : escape(row, to, b);
    }
    out.advanceTo(to);
    return at;
  }

  /** RFC 2045 §6.7 (3): relays may drop it at the end of a line. */
  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private boolean isAlteredAtStart(int at, int end) {
    return utf8[at] == '.'
        || utf8[at] == 'F'
            && end - at > 4
            && utf8[at + 1] == 'r'
            && utf8[at + 2] == 'o'
            && utf8[at + 3] == 'm'
            && utf8[at + 4] == ' ';
  }

  private static int literal(byte[] row, int at, byte value) {
    row[at] = value;
    return at + 1;
  }

  private static int escape(byte[] row, int at, byte value) {
    row[at] = '=';
    row[at + 1] = ByteSink.HEX[value >> 4 & 0xF];
    row[at + 2] = ByteSink.HEX[value & 0xF];
    return at + 3;
  }
}
