package dev.postrider.smtp;

import dev.postrider.address.AddrSpec;
import dev.postrider.address.MalformedAddress;
import java.util.List;

/**
 * Sender and recipients of one mail, as bare addresses of RFC 5321 ({@code local@domain}, no angle
 * brackets). Domains are in ASCII; local parts need not be.
 *
 * @param sender reverse path; empty for the null sender of notifications
 * @param recipients forward paths, 1 to {@value #RECIPIENTS_MAX}
 * @param headerUtf8 whether the header holds an address beyond ASCII, so that the server must offer
 *     SMTPUTF8 (RFC 6531) for any recipient
 */
public record Envelope(String sender, List<String> recipients, boolean headerUtf8) {

  /** Most recipients of one transaction; a server need not take more than 100 (§4.5.3.1.8). */
  public static final int RECIPIENTS_MAX = 1_000;

  /**
   * Checks every address again, by the grammar with which it was read: what passes cannot end a
   * command line or add a parameter to it.
   *
   * @throws IllegalArgumentException without the address, which may be hostile
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
    try {
      if (!AddrSpec.parseForEnvelope(address).equals(address)) {
        throw new IllegalArgumentException("The domain of a " + role + " is not in ASCII (xn--)");
      }
    } catch (MalformedAddress e) {
      throw new IllegalArgumentException("A " + role + " is malformed: " + e.getMessage());
    }
  }

  /** Whether the server must offer SMTPUTF8 to take all of this. */
  boolean utf8() {
    return headerUtf8
        || AddrSpec.needsSmtpUtf8(sender)
        || recipients.stream().anyMatch(AddrSpec::needsSmtpUtf8);
  }
}
