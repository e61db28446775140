package dev.postrider.bench.part;

import dev.postrider.bench.part.ComposeBench.Composing;
import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.mail.MailAttachment;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.nio.charset.StandardCharsets;

/** Composes with the encoder of vertx-mail-client, which stands behind the Quarkus mailer. */
final class VertxMailComposing implements Composing {

  @Override
  public byte[] compose(Mail mail) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(mail.headers());
    headers.add("Message-ID", "<" + ComposeBench.STAMP.id() + "@acme.test>");
    headers.add("Date", "Sun, 22 Nov 2026 12:10:59 +0000");
    MailMessage message =
        new MailMessage()
            .setFrom(mailbox(mail.from()))
            .setTo(mail.to().stream().map(VertxMailComposing::mailbox).toList())
            .setSubject(mail.subject())
            .setHeaders(headers);
    mail.body().text().ifPresent(message::setText);
    mail.body().html().ifPresent(message::setHtml);
    message.setAttachment(mail.attachments().stream().map(VertxMailComposing::file).toList());
    String encoded = new MailEncoder(message, "acme.test").encode();
    return encoded.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String mailbox(Address address) {
    return address.address() + address.name().map(" (%s)"::formatted).orElse("");
  }

  private static MailAttachment file(Attachment attachment) {
    return MailAttachment.create()
        .setName(attachment.filename())
        .setContentType(attachment.contentType())
        .setDisposition("attachment")
        .setData(Buffer.buffer(attachment.content()));
  }
}
