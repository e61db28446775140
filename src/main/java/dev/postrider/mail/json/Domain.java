package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Parses the domain of an address (RFC 5321 §4.1.2): a name of one or more labels, or an address
 * literal such as {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}. A non-ASCII name is converted
 * to its ASCII form ({@code xn--…}, RFC 3490).
 */
final class Domain {

  private static final int LENGTH_MAX = 255;
  private static final int LABEL_MAX = 63;
  private static final String IPV6 = "ipv6:";

  private static final AsciiSet LABEL = AsciiSet.of(AsciiSet.ALPHANUMERIC + "-");
  private static final AsciiSet IPV6_CHARACTERS = AsciiSet.of(AsciiSet.DIGITS + "abcdef:.");

  private Domain() {}

  static String parse(String domain) throws InvalidMail {
    if (domain.length() > LENGTH_MAX) {
      throw ValueParser.fault("the domain is too long: at most 255 bytes");
    }
    if (domain.startsWith("[")) {
      checkLiteral(domain);
      return domain;
    }
    String ascii = Text.isAscii(domain) ? domain : toAscii(domain);
    checkName(ascii);
    return ascii;
  }

  private static String toAscii(String domain) throws InvalidMail {
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
      if (folded(domain).equals(folded(IDN.toUnicode(ascii)))) {
        return ascii;
      }
    } catch (IllegalArgumentException e) {
      // Refused below: the producer must send the unambiguous ASCII form.
    }
    throw ValueParser.fault("the domain is malformed or ambiguous: write its ASCII form (xn--)");
  }

  /**
   * For comparison with the domain that the ASCII form decodes to. IDNA 2003 replaces or drops some
   * letters (ß, final sigma, joiners, zero-width space) that IDNA 2008 keeps or forbids; then the
   * two differ and the domain is ambiguous.
   */
  private static String folded(String domain) {
    return Normalizer.normalize(domain.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC)
        .replace('\u3002', '.');
  }

  private static void checkName(String name) throws InvalidMail {
    if (name.length() > LENGTH_MAX) {
      throw ValueParser.fault("the domain is too long: at most 255 bytes");
    }
    int dot;
    for (int start = 0; start <= name.length(); start = dot + 1) {
      dot = name.indexOf('.', start);
      dot = dot < 0 ? name.length() : dot;
      if (!isLabel(name, start, dot)) {
        throw ValueParser.fault(
            "the domain is malformed: expected labels of letters, digits and -");
      }
    }
  }

  private static boolean isLabel(String name, int start, int end) {
    if (end == start
        || end - start > LABEL_MAX
        || name.charAt(start) == '-'
        || name.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!LABEL.contains(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static void checkLiteral(String literal) throws InvalidMail {
    String inside =
        literal.substring(1, Math.max(1, literal.length() - 1)).toLowerCase(Locale.ROOT);
    boolean valid =
        inside.startsWith(IPV6) ? isIpv6(inside.substring(IPV6.length())) : isIpv4(inside);
    if (!literal.endsWith("]") || !valid) {
      throw ValueParser.fault(
          "expected an address literal such as [192.0.2.1] or [IPv6:2001:db8::1]");
    }
  }

  private static boolean isIpv4(String address) {
    String[] parts = address.split("\\.", -1);
    boolean valid = parts.length == 4;
    for (int i = 0; valid && i < parts.length; i++) {
      String part = parts[i];
      valid = part.length() <= 3 && part.equals(canonicalPart(part));
    }
    return valid;
  }

  /** The number without leading zeros; empty if it is not a number up to 255. */
  private static String canonicalPart(String part) {
    int value = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      value = c >= '0' && c <= '9' ? value * 10 + c - '0' : Short.MAX_VALUE;
    }
    return value <= 255 ? Integer.toString(value) : "";
  }

  private static boolean isIpv6(String address) {
    // With a colon in the text, the JDK parses it as an address and never queries DNS.
    if (address.indexOf(':') < 0 || !IPV6_CHARACTERS.matches(address, 45)) {
      return false;
    }
    try {
      return InetAddress.getByName(address) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
