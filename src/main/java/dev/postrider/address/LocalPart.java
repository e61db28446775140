package dev.postrider.address;

/** Finds the end of a local part, which is a dot-atom or a quoted string, and checks it. */
final class LocalPart {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private LocalPart() {}

  /** The index of the {@code @} after a dot-atom. */
  static int endOfDotAtom(String text) throws MalformedAddress {
    int at = text.indexOf('@');
    if (at < 1 || at == text.length() - 1) {
      throw new MalformedAddress("expected an address such as ana@example.test");
    }
    char before = '.';
    for (int i = 0; i < at; i++) {
      char c = text.charAt(i);
      if (c == '.' && (before == '.' || i == at - 1)) {
        throw new MalformedAddress(
            "before @, dots at the ends or in a row need quotes, as in \"a..b\"@docomo.example");
      }
      if (c != '.' && !Ascii.isAtext(c)) {
        i += checkOther(text, i) - 1;
      }
      before = c;
    }
    return at;
  }

  /** Returns the length of the visible character beyond ASCII at {@code i}. */
  private static int checkOther(String text, int i) throws MalformedAddress {
    char c = text.charAt(i);
    if (c == ' ' && text.substring(i, text.indexOf('@')).isBlank()) {
      throw new MalformedAddress("a blank beside @: remove it");
    }
    if (c == ' ') {
      throw new MalformedAddress(
          "before @, a blank needs quotes, as in \"ana silva\"@example.test");
    }
    if (c > ' ' && c < 0x7F) {
      throw new MalformedAddress(
          "before @, one of ( ) < > [ ] : ; , \\ \" needs quotes, as in \"a,b\"@example.test");
    }
    return checkVisible(text, i);
  }

  /** The index of the {@code @} after a quoted string of RFC 5321 §4.1.2. */
  static int endOfQuoted(String text) throws MalformedAddress {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return checkAt(text, i + 1);
      }
      if (c == '\\') {
        i++;
      }
      if (i < text.length()) {
        i += checkQuoted(text, i) - 1;
      }
    }
    throw new MalformedAddress("the quotes before @ are not closed");
  }

  private static int checkAt(String text, int at) throws MalformedAddress {
    if (at >= text.length() - 1 || text.charAt(at) != '@') {
      throw new MalformedAddress("expected @ and a domain after the quotes");
    }
    return at;
  }

  /** Angle brackets are legal in quotes, but some servers would end the path there. */
  private static int checkQuoted(String text, int i) throws MalformedAddress {
    char c = text.charAt(i);
    if (c == '<' || c == '>') {
      throw new MalformedAddress("< and > are not supported in the quotes before @: remove them");
    }
    return c >= ' ' && c < 0x7F ? 1 : checkVisible(text, i);
  }

  /** Refuses spaces beyond ASCII, controls, formats other than joiners, and half a pair. */
  private static int checkVisible(String text, int i) throws MalformedAddress {
    int character = text.codePointAt(i);
    int type = Character.getType(character);
    boolean joiner = character == ZERO_WIDTH_NON_JOINER || character == ZERO_WIDTH_JOINER;
    boolean invisible =
        type == Character.FORMAT && !joiner
            || type == Character.CONTROL
            || type == Character.SURROGATE
            || Character.isSpaceChar(character);
    if (invisible) {
      throw new MalformedAddress("an invisible character before @: remove it");
    }
    return Character.charCount(character);
  }
}
