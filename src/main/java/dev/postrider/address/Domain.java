package dev.postrider.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Parses the domain of an address (RFC 5321 §4.1.2): a name of one or more labels, or an address
 * literal such as {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}. A name of other scripts is
 * converted to its ASCII form ({@code xn--…}).
 */
final class Domain {

  private static final int LENGTH_MAX = 255;
  private static final int LABEL_MAX = 63;
  private static final String ACE_PREFIX = "xn--";
  private static final String IPV6 = "ipv6:";
  private static final int IPV6_MAX = 45;

  private Domain() {}

  /** True if there is nothing to convert or to check: a name in ASCII, without A-labels. */
  static boolean isPlain(String text, int from) {
    int start = from;
    int dot;
    do {
      dot = text.indexOf('.', start);
      dot = dot < 0 ? text.length() : dot;
      if (!isLabel(text, start, dot) || isALabel(text, start)) {
        return false;
      }
      start = dot + 1;
    } while (dot < text.length());
    return true;
  }

  private static boolean isALabel(String text, int start) {
    return text.regionMatches(true, start, ACE_PREFIX, 0, ACE_PREFIX.length());
  }

  static String parse(String domain) throws MalformedAddress {
    if (domain.length() > LENGTH_MAX) {
      throw tooLong();
    }
    if (domain.startsWith("[")) {
      checkLiteral(domain);
      return domain;
    }
    if (domain.indexOf(' ') >= 0) {
      throw new MalformedAddress("the domain contains a blank: remove it");
    }
    if (domain.endsWith(".")) {
      throw new MalformedAddress("the domain ends with a dot: leave it out");
    }
    if (Ascii.isAscii(domain)) {
      checkName(domain);
      InternationalDomain.toAscii(domain);
      return domain;
    }
    String ascii = InternationalDomain.toAscii(domain);
    checkName(ascii);
    return ascii;
  }

  private static void checkName(String name) throws MalformedAddress {
    if (name.length() > LENGTH_MAX) {
      throw tooLong();
    }
    int dot;
    for (int start = 0; start <= name.length(); start = dot + 1) {
      dot = name.indexOf('.', start);
      dot = dot < 0 ? name.length() : dot;
      if (dot - start > LABEL_MAX) {
        throw new MalformedAddress(
            "a label of the domain is too long: at most " + LABEL_MAX + " characters");
      }
      if (!isLabel(name, start, dot)) {
        throw new MalformedAddress(
            "the domain is malformed: expected labels of letters, digits and -");
      }
    }
  }

  private static MalformedAddress tooLong() {
    return new MalformedAddress("the domain is too long: at most " + LENGTH_MAX + " bytes");
  }

  private static boolean isLabel(String name, int start, int end) {
    if (end == start
        || end - start > LABEL_MAX
        || name.charAt(start) == '-'
        || name.charAt(end - 1) == '-') {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (!Ascii.isLetterOrDigit(name.charAt(i)) && name.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static void checkLiteral(String literal) throws MalformedAddress {
    String inside =
        literal.substring(1, Math.max(1, literal.length() - 1)).toLowerCase(Locale.ROOT);
    boolean valid =
        inside.startsWith(IPV6) ? isIpv6(inside.substring(IPV6.length())) : isIpv4(inside);
    if (!literal.endsWith("]") || !valid) {
      throw new MalformedAddress(
          "expected an address literal such as [192.0.2.1] or [IPv6:2001:db8::1]");
    }
  }

  private static boolean isIpv4(String address) {
    String[] numbers = address.split("\\.", -1);
    boolean valid = numbers.length == 4;
    for (int i = 0; valid && i < numbers.length; i++) {
      valid = numbers[i].length() <= 3 && numbers[i].equals(canonicalByte(numbers[i]));
    }
    return valid;
  }

  /** The number without leading zeros; empty if it is not a number up to 255. */
  private static String canonicalByte(String number) {
    int value = 0;
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      value = c >= '0' && c <= '9' ? value * 10 + c - '0' : Short.MAX_VALUE;
    }
    return value <= 255 ? Integer.toString(value) : "";
  }

  private static boolean isIpv6(String address) {
    // With a colon in the text, the JDK parses it as an address and never queries DNS.
    if (address.indexOf(':') < 0 || address.length() > IPV6_MAX || !isHexDotColon(address)) {
      return false;
    }
    try {
      return InetAddress.getByName(address) != null;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isHexDotColon(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 0x7F) {
        return false;
      }
    }
    return true;
  }
}
