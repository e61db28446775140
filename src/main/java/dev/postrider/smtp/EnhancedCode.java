package dev.postrider.smtp;

import java.util.Optional;

/**
 * An enhanced status code of RFC 3463, such as 5.1.1.
 *
 * @param category 2 success, 4 transient, 5 permanent
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedCode(int category, int subject, int detail) {

  private static final int DIGITS_MAX = 3;

  /** The code at the start of a reply line's text; empty if there is none. */
  public static Optional<EnhancedCode> parse(String text) {
    int subjectAt = afterDot(text, 0);
    int detailAt = afterDot(text, subjectAt);
    int first = number(text, 0);
    boolean found =
        (first == 2 || first == 4 || first == 5)
            && subjectAt == 2
            && number(text, subjectAt) >= 0
            && number(text, detailAt) >= 0
            && ends(text, digitsEnd(text, detailAt));
    return found
        ? Optional.of(new EnhancedCode(first, number(text, subjectAt), number(text, detailAt)))
        : Optional.empty();
  }

  /** Index after the dot that follows the digits at {@code from}; the end if there is no dot. */
  private static int afterDot(String text, int from) {
    int end = digitsEnd(text, from);
    return end < text.length() && text.charAt(end) == '.' ? end + 1 : text.length();
  }

  /** The number of 1 to 3 digits at {@code from}, or -1. */
  private static int number(String text, int from) {
    int end = digitsEnd(text, from);
    return end > from && end - from <= DIGITS_MAX ? Integer.parseInt(text, from, end, 10) : -1;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static boolean ends(String text, int at) {
    return at == text.length() || text.charAt(at) == ' ' || text.charAt(at) == '\t';
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
