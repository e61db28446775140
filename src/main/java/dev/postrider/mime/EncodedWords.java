package dev.postrider.mime;

import java.nio.charset.StandardCharsets;

/**
 * Writes text as encoded words (RFC 2047) in UTF-8, each at most 75 characters. A word ends at the
 * end of a grapheme cluster: a base letter keeps its combining marks, an emoji its joiners.
 */
final class EncodedWords {

  private static final String CLOSE = "?=";

  /** RFC 2047 §2: a word has at most 75 characters, 12 of which are {@code =?UTF-8?B??=}. */
  private static final int FRAME = 12;

  private static final int PAYLOAD_MAX = 75 - FRAME;

  /** Longer ASCII words are encoded too: they may not fit beside "Reply-To" and a quote. */
  private static final int PLAIN_WORD_MAX = 64;

  private final HeaderWriter out;
  private final String prefix;
  private final String text;
  private final WordEncoding encoding;

  private EncodedWords(HeaderWriter out, String prefix, String text) {
    this.out = out;
    this.prefix = prefix;
    this.text = text;
    this.encoding = WordEncoding.shorterFor(text);
  }

  /**
   * False if the text can be written unencoded. Readers drop spaces at its ends and decode {@code
   * =?}; a very long word cannot be folded.
   */
  static boolean neededFor(String text) {
    return !Characters.isPrintableAscii(text)
        || text.contains("=?")
        || text.startsWith(" ")
        || text.endsWith(" ")
        || Characters.longestWord(text) > PLAIN_WORD_MAX;
  }

  static void write(HeaderWriter out, String text) {
    write(out, "", text);
  }

  /** Like {@link #write}, with a short ASCII prefix directly before the first word. */
  static void write(HeaderWriter out, String prefix, String text) {
    out.refuseControls(text);
    new EncodedWords(out, prefix, text).write();
  }

  private void write() {
    int from = 0;
    while (from < text.length()) {
      int to = cut(from);
      byte[] utf8 = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
      String opening = from == 0 ? prefix + encoding.opening() : encoding.opening();
      ByteSink sink = out.space(opening.length() + encoding.width(utf8) + CLOSE.length());
      sink.ascii(opening);
      encoding.write(sink, utf8);
      sink.ascii(CLOSE);
      from = to;
    }
  }

  /** The end of the word that starts at {@code from}: on this line if a cluster fits there. */
  private int cut(int from) {
    int taken = from == 0 ? prefix.length() : 0;
    int room = HeaderWriter.LINE_MAX - out.column() - 1 - FRAME - taken;
    int onThisLine = cut(from, room, GraphemeClusters::next);
    if (onThisLine > from) {
      return onThisLine;
    }
    int width = out.mayFold() ? PAYLOAD_MAX - taken : room;
    int onTheNext = cut(from, width, GraphemeClusters::next);
    // A cluster longer than a whole word is cut between code points.
    return onTheNext > from ? onTheNext : cut(from, width, EncodedWords::nextCodePoint);
  }

  private static int nextCodePoint(String text, int from) {
    return text.offsetByCodePoints(from, 1);
  }

  private int cut(int from, int width, Step step) {
    int room = encoding.capacity(width);
    int to = from;
    while (to < text.length()) {
      int next = step.next(text, to);
      room -= encoding.weight(text, to, next);
      if (room < 0) {
        break;
      }
      to = next;
    }
    return to;
  }

  /** Finds the end of the smallest piece that starts at a position. */
  private interface Step {
    int next(String text, int from);
  }
}
