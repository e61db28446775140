package dev.postrider.mail;

import dev.postrider.address.AddrSpec;
import dev.postrider.mail.json.Mailbox;
import java.util.Optional;

/**
 * A mailbox of RFC 5322 §3.4: a display name, if any, and an {@code addr-spec} that is safe in an
 * SMTP envelope.
 *
 * @param name display name as people read it, unquoted, without controls
 * @param address {@code local@domain}; only the local part may hold UTF-8, a domain of other
 *     scripts is here as its ASCII form ({@code xn--…})
 */
public record Address(Optional<String> name, String address) {

  /**
   * Reads exactly one mailbox: {@code ana@example.test}, {@code Ana <ana@example.test>} or {@code
   * "Silva, Ana" <ana@example.test>}. Blanks around it and around the address carry no meaning (RFC
   * 5322 §3.2.2).
   *
   * @throws InvalidMail with an empty pointer, for comments, groups, routes, lists, and anything
   *     that is not safe in a header or an envelope
   */
  public static Address parse(String mailbox) throws InvalidMail {
    return parseForHeader(mailbox).requireEnvelope();
  }

  /** Like {@link #parse}, with a local part of any length: it is not used in an envelope. */
  public static Address parseForHeader(String mailbox) throws InvalidMail {
    return new Mailbox(mailbox).read();
  }

  /**
   * @throws InvalidMail with an empty pointer, if the local part is too long for an envelope
   */
  public Address requireEnvelope() throws InvalidMail {
    if (!AddrSpec.fitsEnvelope(address)) {
      throw new InvalidMail("", "the part before @ is too long for an envelope: at most 64 bytes");
    }
    return this;
  }

  /** The part after the last {@code @}, as written. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** The part before the last {@code @}, quotes included. */
  public String localPart() {
    return address.substring(0, address.lastIndexOf('@'));
  }

  /** True if the server must support SMTPUTF8 (RFC 6531). */
  public boolean needsSmtpUtf8() {
    return AddrSpec.needsSmtpUtf8(address);
  }
}
