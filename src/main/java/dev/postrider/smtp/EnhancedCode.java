package dev.postrider.smtp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code of RFC 3463, such as 5.1.1.
 *
 * @param category 2 success, 4 transient, 5 permanent
 * @param subject what it is about, 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedCode(int category, int subject, int detail) {

  private static final Pattern AT_START =
      Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?:\\s.*)?");

  /** The code that opens the text of a reply line; empty if there is none. */
  public static Optional<EnhancedCode> at(String text) {
    if (text.length() < 5 || text.charAt(1) != '.') {
      return Optional.empty();
    }
    Matcher code = AT_START.matcher(text);
    return code.matches()
        ? Optional.of(new EnhancedCode(number(code, 1), number(code, 2), number(code, 3)))
        : Optional.empty();
  }

  private static int number(Matcher code, int group) {
    return Integer.parseInt(code.group(group));
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
