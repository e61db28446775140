package dev.postrider.mime;

import dev.postrider.mail.Address;

/** Writes the mailboxes of one field, separated by commas (RFC 5322 §3.4). */
final class Mailboxes {

  private final HeaderWriter out;
  private boolean first = true;

  Mailboxes(HeaderWriter out) {
    this.out = out;
  }

  void write(Address address) {
    if (!first) {
      out.mark(',');
    }
    first = false;
    String name = address.name().orElse("");
    if (!name.isEmpty()) {
      Phrases.write(out, name);
    }
    String spec = name.isEmpty() ? address.address() : '<' + address.address() + '>';
    if (address.needsSmtpUtf8()) {
      out.wordInUtf8(spec); // RFC 6532 §3.2
    } else {
      out.word(spec);
    }
  }
}
