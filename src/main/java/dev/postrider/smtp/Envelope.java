package dev.postrider.smtp;

import java.util.List;

/**
 * Sender and recipients of one mail, as bare addresses of RFC 5321 ({@code local@domain}, no angle
 * brackets). Domains are in ASCII; local parts need not be.
 *
 * @param sender reverse path; empty for the null sender of notifications
 * @param recipients forward paths, 1 to {@value #RECIPIENTS_MAX}
 * @param utf8 whether the server must offer SMTPUTF8 (RFC 6531): given as true if the header holds
 *     an address beyond ASCII, always true if a local part here is beyond ASCII
 */
public record Envelope(String sender, List<String> recipients, boolean utf8) {

  /** Most recipients of one transaction; a server need not take more than 100 (§4.5.3.1.8). */
  public static final int RECIPIENTS_MAX = 1_000;

  private static final int LOCAL_PART_MAX = 64; // bytes, RFC 5321 §4.5.3.1.1
  private static final int ADDRESS_MAX = 254; // bytes: a path of 256 without brackets, §4.5.3.1.3

  /**
   * Checks every address again: what passes cannot end a command line or add a parameter to it.
   *
   * @throws IllegalArgumentException without the address, which may be hostile
   */
  public Envelope {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty() || recipients.size() > RECIPIENTS_MAX) {
      throw new IllegalArgumentException("An envelope has 1 to " + RECIPIENTS_MAX + " recipients");
    }
    if (!sender.isEmpty()) {
      utf8 |= check(sender, "sender");
    }
    for (String recipient : recipients) {
      utf8 |= check(recipient, "recipient");
    }
  }

  /** Returns whether the local part is beyond ASCII. */
  private static boolean check(String address, String role) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at == address.length() - 1) {
      throw new IllegalArgumentException("A " + role + " is not of the form local@domain");
    }
    if (!isSafe(address)) {
      throw new IllegalArgumentException(
          "A " + role + " holds a space, a control, an angle bracket or an unpaired surrogate");
    }
    int localBytes = utf8Length(address, at);
    int bytes = utf8Length(address, address.length());
    if (localBytes > LOCAL_PART_MAX || bytes > ADDRESS_MAX) {
      throw new IllegalArgumentException("A " + role + " is longer than RFC 5321 allows");
    }
    if (bytes - localBytes != address.length() - at) {
      throw new IllegalArgumentException("The domain of a " + role + " is not in ASCII (xn--)");
    }
    return localBytes != at;
  }

  private static boolean isSafe(String address) {
    int character;
    for (int at = 0; at < address.length(); at += Character.charCount(character)) {
      character = address.codePointAt(at);
      if (!isSafe(character)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSafe(int character) {
    return !Character.isISOControl(character)
        && !Character.isWhitespace(character)
        && !Character.isSpaceChar(character)
        && Character.getType(character) != Character.SURROGATE
        && character != '<'
        && character != '>';
  }

  /** Bytes of the first {@code end} units in UTF-8; the two of a pair share its four bytes. */
  private static int utf8Length(String address, int end) {
    int length = 0;
    for (int i = 0; i < end; i++) {
      char unit = address.charAt(i);
      length += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return length;
  }
}
