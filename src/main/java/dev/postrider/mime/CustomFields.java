package dev.postrider.mime;

import dev.postrider.mail.Address;
import dev.postrider.mail.HeaderGrammar;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.json.HeaderValue;
import java.util.List;

/** Writes the custom header fields of a mail, each by its grammar. */
final class CustomFields {

  private final HeaderWriter out;

  CustomFields(HeaderWriter out) {
    this.out = out;
  }

  /**
   * @param value checked by the codec
   */
  void write(String name, String value) {
    out.field(name);
    try {
      HeaderGrammar grammar = HeaderGrammar.of(name);
      if (grammar == HeaderGrammar.MAILBOX) {
        mailboxes(List.of(HeaderValue.mailbox(value)));
      } else if (Characters.isPrintableAscii(value)) {
        out.words(value);
      } else {
        beyondAscii(grammar, value);
      }
    } catch (InvalidMail e) {
      throw new IllegalArgumentException("Field " + name + ": " + e.getMessage());
    }
    out.end();
  }

  private void beyondAscii(HeaderGrammar grammar, String value) throws InvalidMail {
    switch (grammar) {
      case MAILBOXES -> mailboxes(HeaderValue.mailboxes(value));
      case PHRASES -> phrases(HeaderValue.phrases(value));
      case LIST_ID -> listId(HeaderValue.listId(value));
      default -> EncodedWords.write(out, value);
    }
  }

  private void mailboxes(List<Address> addresses) {
    Mailboxes field = new Mailboxes(out);
    addresses.forEach(field::write);
  }

  private void phrases(List<String> phrases) {
    for (int i = 0; i < phrases.size(); i++) {
      if (i > 0) {
        out.mark(',');
      }
      Phrases.write(out, phrases.get(i));
    }
  }

  private void listId(List<String> parts) {
    Phrases.write(out, parts.get(0));
    out.words(parts.get(1));
  }
}
