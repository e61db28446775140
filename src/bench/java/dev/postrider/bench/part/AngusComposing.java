package dev.postrider.bench.part;

import dev.postrider.bench.part.ComposeBench.Composing;
import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Composes with Angus Mail, the reference implementation of Jakarta Mail. */
final class AngusComposing implements Composing {

  private static final String CHARSET = StandardCharsets.UTF_8.name();

  static {
    // Or every encoder searches the class path for this service.
    System.setProperty(
        "jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
  }

  private final Session session = Session.getInstance(new Properties());

  @Override
  public byte[] compose(Mail mail) throws MessagingException, IOException {
    MimeMessage message = new KeptMessageId(session);
    message.setFrom(mailbox(mail.from()));
    message.setRecipients(RecipientType.TO, mailboxes(mail.to()));
    message.setSubject(mail.subject(), CHARSET);
    message.setSentDate(Date.from(ComposeBench.STAMP.date()));
    for (Map.Entry<String, String> header : mail.headers().entrySet()) {
      message.setHeader(header.getKey(), header.getValue());
    }
    body(message, mail);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    message.writeTo(bytes);
    return bytes.toByteArray();
  }

  private static void body(MimeMessage message, Mail mail) throws MessagingException {
    if (mail.body().html().isEmpty() && mail.attachments().isEmpty()) {
      message.setText(mail.body().text().orElse(""), CHARSET);
      return;
    }
    boolean files = !mail.attachments().isEmpty();
    MimeMultipart multipart = new MimeMultipart(files ? "mixed" : "alternative");
    multipart.addBodyPart(text(mail.body().text().orElse(""), "plain"));
    if (mail.body().html().isPresent()) {
      multipart.addBodyPart(text(mail.body().html().get(), "html"));
    }
    for (Attachment attachment : mail.attachments()) {
      multipart.addBodyPart(file(attachment));
    }
    message.setContent(multipart);
  }

  private static MimeBodyPart text(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, CHARSET, subtype);
    return part;
  }

  private static MimeBodyPart file(Attachment attachment) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setDataHandler(
        new DataHandler(new ByteArrayDataSource(attachment.content(), attachment.contentType())));
    part.setFileName(attachment.filename());
    part.setDisposition("attachment");
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  private static InternetAddress[] mailboxes(List<Address> addresses) throws MessagingException {
    InternetAddress[] mailboxes = new InternetAddress[addresses.size()];
    for (int i = 0; i < mailboxes.length; i++) {
      mailboxes[i] = mailbox(addresses.get(i));
    }
    return mailboxes;
  }

  private static InternetAddress mailbox(Address address) throws MessagingException {
    try {
      return new InternetAddress(address.address(), address.name().orElse(null), CHARSET);
    } catch (IOException e) {
      throw new MessagingException("charset", e);
    }
  }

  /** Without this each message gets an identifier of the moment. */
  private static final class KeptMessageId extends MimeMessage {

    private KeptMessageId(Session session) {
      super(session);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + ComposeBench.STAMP.id() + "@acme.test>");
    }
  }
}
