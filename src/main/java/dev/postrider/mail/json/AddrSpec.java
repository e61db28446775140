package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.nio.charset.StandardCharsets;

/**
 * Parses {@code local@domain} of RFC 5321 §4.1.2 with the UTF-8 local part of RFC 6531. The result
 * is safe between {@code <} and {@code >} of an SMTP command: no space outside quotes, no angle
 * bracket, the domain in ASCII.
 */
final class AddrSpec {

  /** RFC 5321 §4.5.3.1.1, in bytes. */
  private static final int LOCAL_MAX = 64;

  /** RFC 5321 §4.5.3.1.3: 256 with the angle brackets. */
  private static final int TOTAL_MAX = 254;

  private static final AsciiSet ATEXT = AsciiSet.of(AsciiSet.ALPHANUMERIC + "!#$%&'*+-/=?^_`{|}~");

  private final String text;

  private AddrSpec(String text) {
    this.text = text;
  }

  /** The address, its domain in ASCII. */
  static String parse(String text) throws InvalidMail {
    return new AddrSpec(text).read();
  }

  private String read() throws InvalidMail {
    int at = text.startsWith("\"") ? endOfQuoted() : text.indexOf('@');
    if (at < 0 || at >= text.length() || text.charAt(at) != '@') {
      throw ValueParser.fault("expected an address such as ana@example.test");
    }
    String local = text.substring(0, at);
    if (!local.startsWith("\"")) {
      checkDotAtom(local);
    }
    if (utf8Length(local) > LOCAL_MAX) {
      throw ValueParser.fault("the part before @ is too long: at most 64 bytes");
    }
    String address = local + '@' + Domain.parse(text.substring(at + 1));
    if (utf8Length(address) > TOTAL_MAX) {
      throw ValueParser.fault("the address is too long: at most 254 bytes");
    }
    return address;
  }

  private static void checkDotAtom(String local) throws InvalidMail {
    char before = '.';
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      boolean dotted = c == '.' && before != '.';
      if (!dotted && !ATEXT.contains(c) && !isNonAsciiLetter(local, i)) {
        throw malformedLocal();
      }
      before = c;
    }
    if (before == '.') {
      throw malformedLocal();
    }
  }

  /** The end of a quoted local part: RFC 5321 {@code Quoted-string}. */
  private int endOfQuoted() throws InvalidMail {
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\') {
        i++;
      }
      if (i == text.length() || !isQuotable(i)) {
        throw malformedLocal();
      }
    }
    throw malformedLocal();
  }

  /** Angle brackets are legal in quotes, but some servers would end the path there. */
  private boolean isQuotable(int i) {
    char c = text.charAt(i);
    return c >= 0x20 && c < 0x7F && c != '<' && c != '>' || isNonAsciiLetter(text, i);
  }

  /**
   * Any non-ASCII character except invisible ones: spaces, controls, formats other than joiners.
   */
  private static boolean isNonAsciiLetter(String text, int i) {
    char c = text.charAt(i);
    if (c < 0xA0) {
      return false;
    }
    boolean joiner = c == 0x200C || c == 0x200D;
    return joiner || !Character.isSpaceChar(c) && Character.getType(c) != Character.FORMAT;
  }

  private static int utf8Length(String text) {
    return Text.isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static InvalidMail malformedLocal() {
    return ValueParser.fault(
        "the part before @ is malformed: no spaces, no dots at its ends or in a row");
  }
}
