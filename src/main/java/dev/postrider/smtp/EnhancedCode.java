package dev.postrider.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code of RFC 3463, such as 5.1.1.
 *
 * @param category 2 success, 4 transient, 5 permanent
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedCode(int category, int subject, int detail) {

  private static final int REFUSALS = 4;

  /** {@code 5.1.1 text}, {@code text (#5.1.1)}, {@code 4-5-3}; neither a version nor an address. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\d.\\w-])([245])"
              + "(?:\\.(\\d{1,3})\\.(\\d{1,3})|-(\\d{1,2})-(\\d{1,2}))"
              + "(?![\\d-]|\\.\\d)");

  /**
   * The first code of the same class as the reply code, wherever the server writes it. A code of
   * another class contradicts the reply, and the three digits are trusted (RFC 2034 §4). A reply
   * that refuses nothing is only looked at from its start: its text often names versions and ids.
   *
   * @param replyCode three digits
   * @param text all lines of the reply, joined by a space
   */
  public static Optional<EnhancedCode> find(int replyCode, String text) {
    int category = replyCode / 100;
    Matcher matcher = CODE.matcher(text);
    if (category < REFUSALS) {
      return matcher.lookingAt() ? code(category, matcher) : Optional.empty();
    }
    while (matcher.find()) {
      Optional<EnhancedCode> code = code(category, matcher);
      if (code.isPresent()) {
        return code;
      }
    }
    return Optional.empty();
  }

  /**
   * All codes of the same class as a refusal, in the order of its text: a server that passes on
   * what another one said, or writes a code for each line, says the most in a later one.
   *
   * @param replyCode three digits, 400 to 599
   * @param text all lines of the reply, joined by a space
   */
  public static List<EnhancedCode> all(int replyCode, String text) {
    List<EnhancedCode> codes = new ArrayList<>();
    Matcher matcher = CODE.matcher(text);
    while (matcher.find()) {
      code(replyCode / 100, matcher).ifPresent(codes::add);
    }
    return codes;
  }

  private static Optional<EnhancedCode> code(int category, Matcher matcher) {
    if (matcher.group(1).charAt(0) - '0' != category) {
      return Optional.empty();
    }
    int first = matcher.group(2) == null ? 4 : 2;
    return Optional.of(
        new EnhancedCode(
            category,
            Integer.parseInt(matcher.group(first)),
            Integer.parseInt(matcher.group(first + 1))));
  }

  @Override
  public String toString() {
    return category + "." + subject + "." + detail;
  }
}
