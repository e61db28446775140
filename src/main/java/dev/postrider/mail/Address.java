package dev.postrider.mail;

import dev.postrider.mail.json.Mailbox;
import dev.postrider.mail.json.Text;
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
   * "Silva, Ana" <ana@example.test>}.
   *
   * @throws InvalidMail with an empty pointer, for comments, groups, routes, lists, and anything
   *     that is not safe in a header or an envelope
   */
  public static Address parse(String mailbox) throws InvalidMail {
    return new Mailbox(mailbox).read();
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
    return !Text.isAscii(address);
  }
}
