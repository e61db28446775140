package dev.postrider.bench.part;

import dev.postrider.bench.part.ComposeBench.Composing;
import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.TimeZone;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.message.BodyPart;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.RawField;

/** Composes with Apache Mime4j. */
final class Mime4jComposing implements Composing {

  @Override
  public byte[] compose(Mail mail) throws IOException {
    Message.Builder message =
        Message.Builder.of()
            .setMessageId("<" + ComposeBench.STAMP.id() + "@acme.test>")
            .setDate(Date.from(ComposeBench.STAMP.date()), TimeZone.getTimeZone("UTC"))
            .setFrom(mailbox(mail.from()))
            .setTo(mail.to().stream().map(Mime4jComposing::mailbox).toList())
            .setSubject(mail.subject());
    for (Map.Entry<String, String> header : mail.headers().entrySet()) {
      message.addField(new RawField(header.getKey(), header.getValue()));
    }
    body(message, mail);
    return DefaultMessageWriter.asBytes(message.build());
  }

  private static void body(Message.Builder message, Mail mail) throws IOException {
    if (mail.body().html().isEmpty() && mail.attachments().isEmpty()) {
      message.setBody(mail.body().text().orElse(""), StandardCharsets.UTF_8);
      message.setContentTransferEncoding("quoted-printable");
      return;
    }
    boolean files = !mail.attachments().isEmpty();
    MultipartBuilder multipart = MultipartBuilder.create(files ? "mixed" : "alternative");
    multipart.addBodyPart(text(mail.body().text().orElse(""), "plain"));
    if (mail.body().html().isPresent()) {
      multipart.addBodyPart(text(mail.body().html().get(), "html"));
    }
    for (Attachment attachment : mail.attachments()) {
      multipart.addBodyPart(file(attachment));
    }
    message.setBody(multipart.build());
  }

  private static BodyPart text(String text, String subtype) throws IOException {
    return BodyPartBuilder.create()
        .setBody(text, subtype, StandardCharsets.UTF_8)
        .setContentTransferEncoding("quoted-printable")
        .build();
  }

  private static BodyPart file(Attachment attachment) throws IOException {
    return BodyPartBuilder.create()
        .setBody(attachment.content(), attachment.contentType())
        .setContentTransferEncoding("base64")
        .setContentDisposition("attachment", attachment.filename())
        .build();
  }

  private static Mailbox mailbox(Address address) {
    return new Mailbox(
        address.name().orElse(null),
        address.localPart(),
        address.address().substring(address.address().lastIndexOf('@') + 1));
  }
}
