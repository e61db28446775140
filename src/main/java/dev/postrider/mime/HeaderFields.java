package dev.postrider.mime;

import dev.postrider.mail.Address;
import dev.postrider.mail.Mail;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Writes the header fields of a mail, always in the same order and without Bcc. */
final class HeaderFields {

  private final HeaderWriter out;

  HeaderFields(HeaderWriter out) {
    this.out = out;
  }

  void write(Mail mail, Stamp stamp) {
    out.field("Message-ID", MessageId.of(stamp.id(), mail.from()));
    date(stamp, mail.timeZone().orElse(ZoneOffset.UTC));
    addresses("From", List.of(mail.from()));
    addresses("Reply-To", mail.replyTo());
    recipients(mail);
    textField("Subject", mail.subject());
    mail.headers().forEach(new CustomFields(out)::write);
    mail.locale().ifPresent(locale -> out.field("Content-Language", locale.toLanguageTag()));
    out.field("MIME-Version", "1.0");
  }

  private void date(Stamp stamp, ZoneId zone) {
    out.field("Date").words(DateField.of(stamp.date(), zone)).end();
  }

  private void recipients(Mail mail) {
    addresses("To", mail.to());
    addresses("Cc", mail.cc());
    if (mail.to().isEmpty() && mail.cc().isEmpty()) {
      // RFC 5322 §3.4: an empty group, because spam filters dislike mail without To.
      out.field("To", "undisclosed-recipients:;");
    }
  }

  private void addresses(String name, List<Address> addresses) {
    if (addresses.isEmpty()) {
      return;
    }
    Mailboxes field = new Mailboxes(out.field(name));
    addresses.forEach(field::write);
    out.end();
  }

  private void textField(String name, String value) {
    out.field(name);
    if (EncodedWords.neededFor(value)) {
      EncodedWords.write(out, value);
    } else {
      out.words(value);
    }
    out.end();
  }
}
