package dev.postrider.delivery.reply;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the enhanced status code of RFC 3463 in a reply, wherever a server writes it: {@code 5.1.1
 * text}, {@code text (#5.1.1)}, {@code cuda_nsu 5.1.1}, {@code #4.5.3}, {@code 4-5-3}.
 */
public final class StatusCodes {

  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\d.\\w-])([245])(?:\\.(\\d{1,3})\\.(\\d{1,3})|-(\\d{1,2})-(\\d{1,2}))(?![\\d-]|\\.\\d)");

  private StatusCodes() {}

  /**
   * The first code of the same class as the reply code; empty if there is none. A code of another
   * class contradicts the reply, and the three digits are trusted (RFC 2034 §4).
   *
   * @param replyCode three digits
   * @param text all lines of the reply
   */
  public static String find(int replyCode, String text) {
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1).charAt(0) - '0' == replyCode / 100) {
        return matcher.group(2) != null
            ? code(matcher.group(1), matcher.group(2), matcher.group(3))
            : code(matcher.group(1), matcher.group(4), matcher.group(5));
      }
    }
    return "";
  }

  private static String code(String category, String subject, String detail) {
    return category + "." + Integer.parseInt(subject) + "." + Integer.parseInt(detail);
  }
}
