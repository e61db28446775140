package dev.postrider.smtp;

import java.util.List;

/**
 * Who sends to whom, as bare addresses of RFC 5321 ({@code local@domain}, no angle brackets).
 *
 * @param sender reverse path; empty for the null sender of notifications
 * @param recipients forward paths, 1 to {@value #RECIPIENTS_MAX}
 * @param utf8 whether the header names an address beyond ASCII, so that the server must offer
 *     SMTPUTF8 (RFC 6531) even if all of these are ASCII
 */
public record Envelope(String sender, List<String> recipients, boolean utf8) {

  /** Most recipients of one transaction; a server need not take more than 100 (§4.5.3.1.8). */
  public static final int RECIPIENTS_MAX = 1_000;

  private static final int LOCAL_PART_MAX = 64; // octets, RFC 5321 §4.5.3.1.1
  private static final int ADDRESS_MAX = 254; // octets: a path of 256 less its brackets, §4.5.3.1.3

  /** For a mail whose header is ASCII. */
  public Envelope(String sender, List<String> recipients) {
    this(sender, recipients, false);
  }

  /**
   * Checks every address once more, whoever checked before: what passes here cannot end a command
   * line or add a parameter to it.
   *
   * @throws IllegalArgumentException without the address itself, which may be hostile
   */
  public Envelope {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty() || recipients.size() > RECIPIENTS_MAX) {
      throw new IllegalArgumentException("An envelope has 1 to " + RECIPIENTS_MAX + " recipients");
    }
    if (!sender.isEmpty()) {
      check(sender, "sender");
    }
    for (String recipient : recipients) {
      check(recipient, "recipient");
    }
  }

  private static void check(String address, String role) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at == address.length() - 1) {
      throw new IllegalArgumentException("A " + role + " is not of the form local@domain");
    }
    if (!isSafe(address)) {
      throw new IllegalArgumentException(
          "A " + role + " holds a space, a control, an angle bracket or half a character");
    }
    if (utf8Length(address, at) > LOCAL_PART_MAX
        || utf8Length(address, address.length()) > ADDRESS_MAX) {
      throw new IllegalArgumentException("A " + role + " is longer than RFC 5321 allows");
    }
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

  /** Of the first {@code end} units in UTF-8; the two of a pair share its four octets. */
  private static int utf8Length(String address, int end) {
    int length = 0;
    for (int i = 0; i < end; i++) {
      char unit = address.charAt(i);
      length += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return length;
  }
}
