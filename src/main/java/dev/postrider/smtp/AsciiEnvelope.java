package dev.postrider.smtp;

import java.net.IDN;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An envelope as it goes on the wire: domains in ASCII, local parts as they are.
 *
 * @param utf8 whether a local part, here or in the header, needs SMTPUTF8 (RFC 6531)
 */
record AsciiEnvelope(String sender, List<String> recipients, boolean utf8) {

  private static final int DOMAIN_MAX = 255; // octets, RFC 5321 §4.5.3.1.2
  private static final int LABEL_MAX = 63; // octets, RFC 1035 §2.3.4
  private static final Pattern LABEL_END = Pattern.compile("[.\u3002\uff0e\uff61]");
  private static final Pattern JOINER = Pattern.compile("[\u200c\u200d]");
  private static final Pattern DEVIANT = Pattern.compile("[\u00df\u1e9e\u03c2]");

  /**
   * Turns every domain into A-labels, so that only a local part can ask for SMTPUTF8.
   *
   * @throws IllegalArgumentException if a domain has no such form
   */
  static AsciiEnvelope of(Envelope envelope) {
    String sender = onWire(envelope.sender());
    boolean utf8 = envelope.utf8() || !ascii(sender);
    List<String> recipients = new ArrayList<>(envelope.recipients().size());
    for (String recipient : envelope.recipients()) {
      String path = onWire(recipient);
      utf8 |= !ascii(path);
      recipients.add(path);
    }
    return new AsciiEnvelope(sender, recipients, utf8);
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
    String ascii =
        Arrays.stream(LABEL_END.split(domain, -1))
            .map(AsciiEnvelope::aLabel)
            .collect(Collectors.joining("."));
    if (ascii.length() > DOMAIN_MAX) {
      throw new IllegalArgumentException("a domain is too long");
    }
    return ascii;
  }

  /**
   * java.net.IDN follows IDNA 2003: it turns ß into ss and drops joiners, which make another domain
   * since IDNA 2008. Joiners need the context rules of RFC 5892; who has one is not served.
   */
  private static String aLabel(String label) {
    if (JOINER.matcher(label).find()) {
      throw new IllegalArgumentException("a label holds a joiner");
    }
    String ascii =
        DEVIANT.matcher(label).find()
            ? "xn--" + Punycode.encode(lower(label))
            : IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES);
    if (ascii.isEmpty() || ascii.length() > LABEL_MAX) {
      throw new IllegalArgumentException("a label is empty or too long");
    }
    return ascii;
  }

  /** Letter by letter: for a whole word Java would turn a last Σ into ς, which UTS 46 does not. */
  private static String lower(String label) {
    int[] letters = label.codePoints().map(Character::toLowerCase).toArray();
    return Normalizer.normalize(new String(letters, 0, letters.length), Normalizer.Form.NFC);
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
