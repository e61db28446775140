package dev.postrider.support.smtpserver;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argument of MAIL or RCPT: an address in angle brackets and its parameters (RFC 5321 §4.1.2).
 *
 * @param address the address without brackets; {@code ""} for the null path
 * @param parameters what follows, split at spaces, as sent
 */
record MailPath(String address, List<String> parameters) {

  private static final Pattern FROM = pattern("FROM");
  private static final Pattern TO = pattern("TO");

  static Optional<MailPath> from(String argument) {
    return parse(FROM.matcher(argument));
  }

  static Optional<MailPath> to(String argument) {
    return parse(TO.matcher(argument)).filter(mailPath -> !mailPath.address.isEmpty());
  }

  /** The value of a parameter such as {@code SIZE}. */
  Optional<String> parameter(String keyword) {
    return parameters.stream()
        .filter(each -> each.regionMatches(true, 0, keyword + "=", 0, keyword.length() + 1))
        .map(each -> each.substring(keyword.length() + 1))
        .findFirst();
  }

  /** Whether a parameter without value, such as {@code SMTPUTF8}, is there. */
  boolean flag(String keyword) {
    return parameters.stream().anyMatch(keyword::equalsIgnoreCase);
  }

  boolean ascii() {
    return address.chars().allMatch(character -> character < 128);
  }

  private static Pattern pattern(String word) {
    return Pattern.compile(
        "(?i:" + word + "):<([^<>\\s]*+|\"(?:[^\"\\\\]|\\\\.)*+\"@[^<>\\s]+)>((?: [^ ]+)*)");
  }

  private static Optional<MailPath> parse(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String rest = matcher.group(2).strip();
    List<String> parameters = rest.isEmpty() ? List.of() : List.of(rest.split(" "));
    return Optional.of(new MailPath(matcher.group(1), parameters));
  }
}
