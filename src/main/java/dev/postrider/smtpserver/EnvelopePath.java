package dev.postrider.smtpserver;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The argument of MAIL or RCPT: a path in angle brackets and parameters (RFC 5321 §4.1.2).
 *
 * @param address without the brackets; {@code ""} for the null reverse-path
 * @param parameters as sent
 */
record EnvelopePath(String address, List<String> parameters) {

  private static final Pattern FROM = pattern("FROM");
  private static final Pattern TO = pattern("TO");
  private static final Pattern SIZE = Pattern.compile("(?i)SIZE=(\\d{1,18})");
  private static final Pattern SUPPORTED =
      Pattern.compile("(?i)SIZE=\\d{1,18}|BODY=(7BIT|8BITMIME)|SMTPUTF8");

  static Optional<EnvelopePath> from(String argument) {
    return parse(FROM.matcher(argument));
  }

  static Optional<EnvelopePath> to(String argument) {
    return parse(TO.matcher(argument)).filter(path -> !path.address.isEmpty());
  }

  boolean isAscii() {
    return address.chars().allMatch(character -> character < 128);
  }

  boolean hasUtf8() {
    return parameters.stream().anyMatch("SMTPUTF8"::equalsIgnoreCase);
  }

  /** Whether each parameter is one of MAIL that this server supports. */
  boolean isSupported() {
    return parameters.stream().allMatch(parameter -> SUPPORTED.matcher(parameter).matches());
  }

  /** The size that the client announces; 0 if it announces none. */
  long announcedSize() {
    return parameters.stream()
        .map(SIZE::matcher)
        .filter(Matcher::matches)
        .mapToLong(size -> Long.parseLong(size.group(1)))
        .findFirst()
        .orElse(0);
  }

  private static Pattern pattern(String keyword) {
    return Pattern.compile(
        "(?i:"
            + keyword
            + "): ?<([^<>\\s]*+|\"(?:[^\"\\\\]|\\\\.)*+\"@[^<>\\s]+)>((?: +[^ ]+)*) *");
  }

  private static Optional<EnvelopePath> parse(Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String parameters = matcher.group(2).strip();
    return Optional.of(
        new EnvelopePath(
            matcher.group(1), parameters.isEmpty() ? List.of() : List.of(parameters.split(" +"))));
  }
}
