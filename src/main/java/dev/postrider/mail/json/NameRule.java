package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;

/**
 * A name of few characters: every one from an alphabet, the first from a narrower one where that
 * matters.
 *
 * @param first what it may start with
 * @param following what it may go on with
 * @param max most characters
 * @param expected what the producer is told
 */
record NameRule(AsciiSet first, AsciiSet following, int max, String expected)
    implements ValueParser<String> {

  static final NameRule ID = of("._:-", 128, "1 to 128 of A-Z a-z 0-9 . _ : -");

  static final NameRule TOPIC = of("._:/@-", 128, "1 to 128 of A-Z a-z 0-9 . _ : / @ -");

  static final NameRule HEADER = of("-", 64, "1 to 64 of A-Z a-z 0-9 -");

  /** What stands unquoted in {@code Content-ID: <…>} and in a {@code cid:} URL. */
  static final NameRule CONTENT_ID = of("._@+-", 128, "1 to 128 of A-Z a-z 0-9 . _ @ + -");

  static final NameRule ROUTE =
      new NameRule(
          AsciiSet.of(AsciiSet.LOWER + AsciiSet.DIGITS),
          AsciiSet.of(AsciiSet.LOWER + AsciiSet.DIGITS + "._-"),
          63,
          "a route's name, 1 to 63 of a-z 0-9 . _ -");

  private static NameRule of(String extra, int max, String expected) {
    AsciiSet asciiSet = AsciiSet.of(AsciiSet.ALPHANUMERIC + extra);
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
