package dev.postrider.mail;

/**
 * A name of few characters: every one from an alphabet, the first from a narrower one where that
 * matters.
 *
 * @param first what it may start with
 * @param rest what it may go on with
 * @param max most characters
 * @param expected what the producer is told
 */
record Word(Alphabet first, Alphabet rest, int max, String expected) implements Leaf<String> {

  static final Word ID = of("._:-", 128, "1 to 128 of A-Z a-z 0-9 . _ : -");

  static final Word TOPIC = of("._:/@-", 128, "1 to 128 of A-Z a-z 0-9 . _ : / @ -");

  static final Word HEADER = of("-", 64, "1 to 64 of A-Z a-z 0-9 -");

  /** What stands unquoted in {@code Content-ID: <…>} and in a {@code cid:} URL. */
  static final Word CONTENT_ID = of("._@+-", 128, "1 to 128 of A-Z a-z 0-9 . _ @ + -");

  static final Word ROUTE =
      new Word(
          Alphabet.of(Alphabet.LOWER + Alphabet.DIGITS),
          Alphabet.of(Alphabet.LOWER + Alphabet.DIGITS + "._-"),
          63,
          "a route's name, 1 to 63 of a-z 0-9 . _ -");

  private static Word of(String more, int max, String expected) {
    Alphabet alphabet = Alphabet.of(Alphabet.ALPHANUMERIC + more);
    return new Word(alphabet, alphabet, max, expected);
  }

  boolean matches(String text) {
    return rest.spells(text, max) && first.has(text.charAt(0));
  }

  @Override
  public String read(String text) throws InvalidMail {
    if (!matches(text)) {
      throw Leaf.fault("expected " + expected);
    }
    return text;
  }
}
