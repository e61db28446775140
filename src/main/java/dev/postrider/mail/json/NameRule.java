package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.NameRules;

/**
 * The rule for one kind of name: allowed characters and length.
 *
 * @param first allowed as first character
 * @param following allowed as further characters
 * @param max most characters
 * @param expected for the error message
 */
record NameRule(AsciiSet first, AsciiSet following, int max, String expected)
    implements ValueParser<String> {

  static final NameRule ID = of(NameRules.MAIL_ID, 128, "1 to 128 of A-Z a-z 0-9 . _ : -");

  static final NameRule TOPIC = of(NameRules.TOPIC, 128, "1 to 128 of A-Z a-z 0-9 . _ : / @ -");

  static final NameRule HEADER = of("[A-Za-z0-9-]{1,64}", 64, "1 to 64 of A-Z a-z 0-9 -");

  static final NameRule ROUTE =
      new NameRule(
          AsciiSet.of(AsciiSet.LOWER + AsciiSet.DIGITS),
          AsciiSet.of(AsciiSet.LOWER + AsciiSet.DIGITS + "._-"),
          63,
          "a route's name, 1 to 63 of a-z 0-9 . _ -");

  /** The characters that alone match the rule; it allows the same ones everywhere. */
  private static NameRule of(String regex, int max, String expected) {
    AsciiSet asciiSet = AsciiSet.ofNames(regex);
    return new NameRule(asciiSet, asciiSet, max, expected);
  }

  boolean matches(String text) {
    return following.matches(text, max) && first.contains(text.charAt(0));
  }

  @Override
  public String read(String text) throws InvalidMail {
    if (!matches(text)) {
      throw ValueParser.fault("expected " + expected);
    }
    return text;
  }
}
