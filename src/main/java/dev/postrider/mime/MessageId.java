package dev.postrider.mime;

import dev.postrider.address.Ascii;
import dev.postrider.mail.Address;
import java.util.HexFormat;

/**
 * Creates the Message-ID of RFC 5322 §3.6.4. An id is not always a dot-atom ({@code a:b}, {@code
 * a..b}), so other characters are written as {@code =XX}; two ids never give the same Message-ID.
 */
final class MessageId {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private MessageId() {}

  static String of(String id, Address from) {
    return '<' + dotAtom(id) + '@' + from.domain() + '>';
  }

  private static String dotAtom(String id) {
    StringBuilder atom = new StringBuilder(id.length() + 6);
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c != '=' && Ascii.isAtext(c) || isInnerDot(id, i)) {
        atom.append(c);
      } else {
        atom.append('=').append(HEX.toHexDigits((byte) c));
      }
    }
    return atom.toString();
  }

  /** A dot is escaped at both ends and before another dot. */
  private static boolean isInnerDot(String id, int at) {
    return id.charAt(at) == '.' && at > 0 && at < id.length() - 1 && id.charAt(at + 1) != '.';
  }
}
