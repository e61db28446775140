package dev.postrider.mail.json;

import dev.postrider.address.AddrSpec;
import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Mail.Alternative;
import dev.postrider.mail.Mail.Body;
import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Mail.Terms;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Collects the values of a mail (null if absent) and checks the rules between its keys. */
final class MailBuilder {

  String id;
  Address from;
  List<Address> to = List.of();
  List<Address> cc = List.of();
  List<Address> bcc = List.of();
  List<Address> replyTo = List.of();
  String subject = "";
  String text;
  String html;
  List<Alternative> alternatives = List.of();
  Locale locale;
  ZoneId timeZone;
  Map<String, String> headers = Map.of();
  List<Attachment> attachments = List.of();
  String envelopeSender;
  String idempotencyKey;
  Instant scheduledAt;
  Instant expiresAt;
  Map<String, Long> onlyIf = Map.of();
  OnUnknown onUnknown = OnUnknown.RESEND;
  String route;
  Map<String, String> tags = Map.of();
  Map<String, String> metadata = Map.of();

  int recipients() {
    return to.size() + cc.size() + bcc.size();
  }

  Mail build() throws InvalidMail {
    require(from != null, "/from", "missing: give the author's address");
    require(
        envelopeSender != null || AddrSpec.fitsEnvelope(from.address()),
        "/from",
        "the part before @ is too long for an envelope: at most 64 bytes; or give envelope_sender");
    require(recipients() > 0, "/to", "no recipient: give one in to, cc or bcc");
    require(text != null || html != null, "/text", "no content: give text, html or both");
    require(
        scheduledAt == null || expiresAt == null || expiresAt.isAfter(scheduledAt),
        "/expires_at",
        "not after scheduled_at: the mail could never be sent");
    if (!attachments.isEmpty()) {
      requireHtmlForImages();
      attachments = ContentIds.complete(attachments, from);
    }
    return mail();
  }

  /** Without HTML, no mail client would show a part with a Content-ID. */
  private void requireHtmlForImages() throws InvalidMail {
    for (int i = 0; html == null && i < attachments.size(); i++) {
      require(
          attachments.get(i).contentId().isEmpty(),
          "/attachments/" + i + "/content_id",
          "needs html that refers to it: add html or leave it out");
    }
  }

  private static void require(boolean kept, String pointer, String otherwise) throws InvalidMail {
    if (!kept) {
      throw new InvalidMail(pointer, otherwise);
    }
  }

  private Mail mail() {
    return new Mail(
        Optional.ofNullable(id),
        from,
        to,
        cc,
        bcc,
        replyTo,
        subject,
        new Body(Optional.ofNullable(text), Optional.ofNullable(html), alternatives),
        Optional.ofNullable(locale),
        Optional.ofNullable(timeZone),
        headers,
        attachments,
        Optional.ofNullable(envelopeSender),
        terms(),
        tags,
        metadata);
  }

  private Terms terms() {
    return new Terms(
        Optional.ofNullable(idempotencyKey),
        Optional.ofNullable(scheduledAt),
        Optional.ofNullable(expiresAt),
        onlyIf,
        onUnknown,
        Optional.ofNullable(route));
  }
}
