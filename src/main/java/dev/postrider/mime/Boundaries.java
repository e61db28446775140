package dev.postrider.mime;

/**
 * The boundaries of one mail, the same on every attempt, none of which occurs in its content: they
 * start with {@code =_}, which quoted-printable and base64 cannot produce (RFC 2045 §6.7), and a
 * text is sent as it is only if {@link #mayOccurIn} denies it.
 */
final class Boundaries {

  /** FNV-1a, 64 bits: short, and good enough where nothing depends on its being unique. */
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;

  private static final long FNV_PRIME = 0x100000001b3L;

  private static final int RADIX = Character.MAX_RADIX;

  private final String root;
  private int level;

  Boundaries(String id) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    root = '_' + unsigned(hash);
  }

  /** As {@link Long#toUnsignedString}, which makes big integers of one half of all numbers. */
  private static String unsigned(long hash) {
    long others = Long.divideUnsigned(hash, RADIX);
    char last = Character.forDigit((int) Long.remainderUnsigned(hash, RADIX), RADIX);
    return others == 0 ? String.valueOf(last) : Long.toString(others, RADIX) + last;
  }

  /** One more, which is not the beginning of another: RFC 2046 §5.1.1 compares beginnings. */
  String next() {
    level++;
    return "=_" + level + root;
  }

  boolean mayOccurIn(String text) {
    return text.contains(root);
  }
}
