package dev.postrider.address;

import java.util.Locale;

/**
 * Parses {@code local@domain} of RFC 5321 §4.1.2 with the UTF-8 local part of RFC 6531. The result
 * is safe between {@code <} and {@code >} of an SMTP command: no space outside quotes, no angle
 * bracket, no control, the domain in ASCII.
 */
public final class AddrSpec {

  /** RFC 5321 §4.5.3.1.1: most bytes of a local part in an envelope. */
  private static final int LOCAL_MAX = 64;

  /** RFC 5321 §4.5.3.1.3, in bytes: 256 with the angle brackets. */
  private static final int TOTAL_MAX = 254;

  private AddrSpec() {}

  /**
   * An address for a header. Its local part may be longer than an envelope allows: tokens in
   * addresses for replies are.
   *
   * @return the address, its domain in ASCII; {@code text} itself if that changes nothing
   */
  public static String parse(String text) throws MalformedAddress {
    int at = text.startsWith("\"") ? LocalPart.endOfQuoted(text) : LocalPart.endOfDotAtom(text);
    String address = text;
    if (!Domain.isPlain(text, at + 1)) {
      address = text.substring(0, at + 1) + Domain.parse(text.substring(at + 1));
    }
    if (utf8Length(address, address.length()) > TOTAL_MAX) {
      throw new MalformedAddress("the address is too long: at most " + TOTAL_MAX + " bytes");
    }
    return address;
  }

  /** An address for an envelope: like {@link #parse}, and its local part has at most 64 bytes. */
  public static String parseForEnvelope(String text) throws MalformedAddress {
    String address = parse(text);
    if (!fitsEnvelope(address)) {
      throw new MalformedAddress("the part before @ is too long: at most " + LOCAL_MAX + " bytes");
    }
    return address;
  }

  /** True if the local part of a parsed address has at most 64 bytes. */
  public static boolean fitsEnvelope(String address) {
    return utf8Length(address, address.lastIndexOf('@')) <= LOCAL_MAX;
  }

  /** True if a server must support SMTPUTF8 (RFC 6531) to take a parsed address. */
  public static boolean needsSmtpUtf8(String address) {
    return utf8Length(address, address.length()) > address.length();
  }

  /** Two parsed addresses name the same mailbox if these are equal: the domain without case. */
  public static String comparable(String address) {
    for (int i = address.lastIndexOf('@') + 1; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        int at = address.lastIndexOf('@') + 1;
        return address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
      }
    }
    return address;
  }

  /** Bytes of the first {@code end} characters in UTF-8; the two of a pair share its four bytes. */
  private static int utf8Length(String text, int end) {
    int length = 0;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
