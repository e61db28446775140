package dev.postrider.smtp;

import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An envelope as it goes on the wire: domains in ASCII, local parts as they are.
 *
 * @param utf8 whether a local part needs SMTPUTF8 (RFC 6531)
 */
record Paths(String sender, List<String> recipients, boolean utf8) {

  /**
   * Turns every domain into A-labels, so that only a local part can ask for SMTPUTF8.
   *
   * @throws IllegalArgumentException if a domain has no such form
   */
  static Paths of(Envelope envelope) {
    String sender = onWire(envelope.sender());
    boolean utf8 = !ascii(sender);
    List<String> recipients = new ArrayList<>(envelope.recipients().size());
    for (String recipient : envelope.recipients()) {
      String path = onWire(recipient);
      utf8 |= !ascii(path);
      recipients.add(path);
    }
    return new Paths(sender, recipients, utf8);
  }

  private static String onWire(String address) {
    if (ascii(address)) {
      return address;
    }
    int at = address.lastIndexOf('@');
    String domain = address.substring(at + 1);
    return ascii(domain) ? address : address.substring(0, at + 1) + aLabels(domain);
  }

  private static String aLabels(String domain) {
    String ascii = IDN.toASCII(domain.toLowerCase(Locale.ROOT), IDN.USE_STD3_ASCII_RULES);
    if (ascii.isEmpty()) {
      throw new IllegalArgumentException("a domain is empty");
    }
    return ascii;
  }

  private static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7F) {
        return false;
      }
    }
    return true;
  }
}
