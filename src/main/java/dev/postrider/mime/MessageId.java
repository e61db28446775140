package dev.postrider.mime;

import dev.postrider.mail.Address;
import java.util.HexFormat;

/**
 * The Message-ID of RFC 5322 §3.6.4. An id is not always a dot-atom ({@code a:b}, {@code a..b}), so
 * what does not fit is written as {@code =XX}; two ids never give the same Message-ID.
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
      if (c != '=' && Characters.isAtext(c) || isInnerDot(id, i)) {
        atom.append(c);
      } else {
        atom.append('=').append(HEX.toHexDigits((byte) c));
      }
    }
    return atom.toString();
  }

  /**
   * A dot between two others may stand: the first of several is escaped, and so is one at an end.
   */
  private static boolean isInnerDot(String id, int at) {
    return id.charAt(at) == '.' && at > 0 && at < id.length() - 1 && id.charAt(at + 1) != '.';
  }
}
