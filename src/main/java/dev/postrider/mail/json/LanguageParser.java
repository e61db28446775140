package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** Parses a language tag of BCP 47 (RFC 5646). */
final class LanguageParser {

  /** RFC 5646 §4.4.1 requires support of at least 35 characters. */
  private static final int LENGTH_MAX = 35;

  private LanguageParser() {}

  static Locale parse(String tag) throws InvalidMail {
    if (tag.isEmpty() || tag.length() > LENGTH_MAX) {
      throw malformed();
    }
    try {
      return new Locale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw malformed();
    }
  }

  private static InvalidMail malformed() {
    return ValueParser.fault("expected a language tag such as fr or pt-BR (BCP 47)");
  }
}
