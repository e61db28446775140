package dev.postrider.delivery.reply;

import java.util.regex.Matcher;

/**
 * The text of a reply that a pattern may read only so often: a pattern that tries all ways to match
 * (such as {@code (a+)+$}) would otherwise stop all mail for hours. What reads more does not match.
 */
final class BoundedText implements CharSequence {

  /** About 200 for each character of the longest text; some milliseconds. */
  private static final int READS_MAX = 1_000_000;

  private final String text;
  private int reads;

  BoundedText(String text) {
    this.text = text;
  }

  /** As {@link Matcher#find()}; false if the pattern reads too much or nests too deep. */
  static boolean find(Matcher matcher) {
    try {
      return matcher.find();
    } catch (TooManyReadsException | StackOverflowError bounded) {
      return false;
    }
  }

  @Override
  public char charAt(int index) {
    reads++;
    if (reads > READS_MAX) {
      throw new TooManyReadsException();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  private static final class TooManyReadsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooManyReadsException() {
      super("", null, false, false);
    }
  }
}
