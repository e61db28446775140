package dev.postrider.mime;

import dev.postrider.address.Ascii;

/** Writes a phrase (RFC 5322 §3.2.5): atoms, a quoted string, or encoded words. */
final class Phrases {

  private Phrases() {}

  static void write(HeaderWriter out, String phrase) {
    if (EncodedWords.neededFor(phrase)) {
      EncodedWords.write(out, phrase);
    } else if (isAtoms(phrase)) {
      out.words(phrase);
    } else {
      out.words(QuotedStrings.of(phrase));
    }
  }

  private static boolean isAtoms(String phrase) {
    for (int i = 0; i < phrase.length(); i++) {
      char c = phrase.charAt(i);
      if (!Ascii.isAtext(c) && (c != ' ' || phrase.charAt(i - 1) == ' ')) {
        return false;
      }
    }
    return true;
  }
}
