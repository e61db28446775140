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
      phrase(name);
    }
    String spec = name.isEmpty() ? address.address() : '<' + address.address() + '>';
    if (address.needsSmtpUtf8()) {
      out.wordInUtf8(spec); // RFC 6532 §3.2
    } else {
      out.word(spec);
    }
  }

  private void phrase(String name) {
    if (EncodedWords.neededFor(name)) {
      EncodedWords.write(out, name);
    } else if (isAtoms(name)) {
      out.words(name);
    } else {
      out.words(QuotedStrings.of(name));
    }
  }

  private static boolean isAtoms(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Characters.isAtext(c) && (c != ' ' || name.charAt(i - 1) == ' ')) {
        return false;
      }
    }
    return true;
  }
}
