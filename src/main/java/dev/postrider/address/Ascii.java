package dev.postrider.address;

/**
 * The ASCII characters of the address grammar, as bit masks: on the hot path faster than a regex.
 */
public final class Ascii {

  private static final String LETTERS_AND_DIGITS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private static final String ATEXT = LETTERS_AND_DIGITS + "!#$%&'*+-/=?^_`{|}~";

  private static final long ATEXT_LOW = mask(ATEXT, 0);
  private static final long ATEXT_HIGH = mask(ATEXT, 64);
  private static final long LETTERS_LOW = mask(LETTERS_AND_DIGITS, 0);
  private static final long LETTERS_HIGH = mask(LETTERS_AND_DIGITS, 64);

  private Ascii() {}

  /** RFC 5322 §3.2.3: allowed in an atom. */
  public static boolean isAtext(char c) {
    return c < 64 ? (ATEXT_LOW >>> c & 1) != 0 : c < 128 && (ATEXT_HIGH >>> (c - 64) & 1) != 0;
  }

  static boolean isLetterOrDigit(char c) {
    return c < 64 ? (LETTERS_LOW >>> c & 1) != 0 : c < 128 && (LETTERS_HIGH >>> (c - 64) & 1) != 0;
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }

  private static long mask(String characters, int first) {
    long mask = 0;
    for (int i = 0; i < characters.length(); i++) {
      int bit = characters.charAt(i) - first;
      mask |= bit >= 0 && bit < 64 ? 1L << bit : 0;
    }
    return mask;
  }
}
