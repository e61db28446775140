package dev.postrider.mail;

import java.util.Optional;

/**
 * A mailbox of RFC 5322 §3.4: a display name, if any, and an {@code addr-spec} that is safe in an
 * SMTP envelope.
 *
 * @param name display name as people read it, unquoted, without controls
 * @param address {@code local@domain}; the local part may hold UTF-8, the domain may be an IDN
 */
public record Address(Optional<String> name, String address) {

  /** The part after the last {@code @}, as written. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** The part before the last {@code @}, quotes included. */
  public String localPart() {
    return address.substring(0, address.lastIndexOf('@'));
  }
}
