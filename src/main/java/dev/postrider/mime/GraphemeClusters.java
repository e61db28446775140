package dev.postrider.mime;

/**
 * Finds the end of a grapheme cluster: a base with its marks, emoji with joiners or skin tones, a
 * flag. The part of UAX #29 that is needed to cut text invisibly, without tables that need updates;
 * the JDK's own iterator supports emoji only since version 20.
 */
final class GraphemeClusters {

  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int FLAG_A = 0x1F1E6;
  private static final int FLAG_Z = 0x1F1FF;
  private static final int SKIN_TONE_FIRST = 0x1F3FB;
  private static final int SKIN_TONE_LAST = 0x1F3FF;

  private GraphemeClusters() {}

  /** The end of the cluster that starts at {@code from}, which is before the end of the text. */
  static int next(String text, int from) {
    int first = text.codePointAt(from);
    int at = from + Character.charCount(first);
    if (isFlagLetter(first) && at < text.length() && isFlagLetter(text.codePointAt(at))) {
      at += 2;
    }
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (!extendsCluster(codePoint) && text.charAt(at - 1) != ZERO_WIDTH_JOINER) {
        break;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  private static boolean extendsCluster(int codePoint) {
    return codePoint > 0x7F
        && (isMark(Character.getType(codePoint))
            || codePoint == ZERO_WIDTH_JOINER
            || codePoint >= SKIN_TONE_FIRST && codePoint <= SKIN_TONE_LAST);
  }

  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isFlagLetter(int codePoint) {
    return codePoint >= FLAG_A && codePoint <= FLAG_Z;
  }
}
