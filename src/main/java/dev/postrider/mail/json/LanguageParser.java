package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses a language tag of BCP 47 (RFC 5646), in any case, with blanks around it. A locale of POSIX
 * such as {@code en_US.UTF-8} is read as the tag {@code en-US}.
 */
final class LanguageParser {

  /** RFC 5646 §4.4.1 requires support of at least 35 characters. */
  private static final int LENGTH_MAX = 35;

  private static final Pattern CHARSET = Pattern.compile("\\.[A-Za-z0-9_-]+$");

  /** Locales of POSIX without a language. */
  private static final Set<String> NO_LANGUAGE = Set.of("c", "posix");

  private LanguageParser() {}

  static Locale parse(String text) throws InvalidMail {
    String tag = CHARSET.matcher(text.trim()).replaceFirst("").replace('_', '-');
    if (tag.isEmpty()
        || text.length() > LENGTH_MAX
        || NO_LANGUAGE.contains(tag.toLowerCase(Locale.ROOT))) {
      throw malformed();
    }
    try {
      return new Locale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw malformed();
    }
  }

  private static InvalidMail malformed() {
    return ValueParser.fault(
        "expected a language tag such as fr or pt-BR (BCP 47); leave the key out if there is none");
  }
}
