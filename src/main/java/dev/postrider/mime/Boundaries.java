package dev.postrider.mime;

/**
 * Creates the boundaries of one mail, the same on every attempt. None occurs in the content: they
 * start with {@code =_}, which quoted-printable and base64 cannot produce (RFC 2045 §6.7), and text
 * is sent unencoded only if {@link #mayOccurIn} is false.
 */
final class Boundaries {

  /** FNV-1a, 64 bits: short; boundaries need not be unique across mails. */
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

  /** Like {@link Long#toUnsignedString}, which allocates a BigInteger for half of all numbers. */
  private static String unsigned(long hash) {
    long others = Long.divideUnsigned(hash, RADIX);
    char last = Character.forDigit((int) Long.remainderUnsigned(hash, RADIX), RADIX);
    return others == 0 ? String.valueOf(last) : Long.toString(others, RADIX) + last;
  }

  /** A new boundary that is not a prefix of another: RFC 2046 §5.1.1 compares prefixes. */
  String next() {
    level++;
    return "=_" + level + root;
  }

  boolean mayOccurIn(String text) {
    return text.contains(root);
  }
}
