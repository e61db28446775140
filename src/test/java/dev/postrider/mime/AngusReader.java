package dev.postrider.mime;

import dev.postrider.mime.ReadMail.Mailbox;
import dev.postrider.mime.ReadMail.ReadFile;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimePart;
import jakarta.mail.internet.MimePartDataSource;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** Reads a message with Angus Mail. */
final class AngusReader implements ReadMail.Reader {

  static {
    // Or every decoder searches the class path for this service: 4 ms a mail.
    System.setProperty(
        "jakarta.mail.util.StreamProvider", "org.eclipse.angus.mail.util.MailStreamProvider");
  }

  private final Session session = Session.getInstance(properties());

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("mail.mime.allowutf8", "true");
    return properties;
  }

  @Override
  public ReadMail read(byte[] bytes) throws IOException {
    try {
      MimeMessage message = new MimeMessage(session, new ByteArrayInputStream(bytes));
      Parts parts = new Parts();
      parts.collect(message);
      return new ReadMail(
          mailboxes(message.getFrom()),
          message.getHeader("Reply-To") == null ? List.of() : mailboxes(message.getReplyTo()),
          mailboxes(message.getRecipients(RecipientType.TO)),
          mailboxes(message.getRecipients(RecipientType.CC)),
          Optional.ofNullable(message.getSubject()).orElse(""),
          own(message),
          ReadMail.lines(parts.text),
          ReadMail.lines(parts.html),
          parts.forms,
          parts.files);
    } catch (MessagingException e) {
      throw new IOException(e);
    }
  }

  private static List<Mailbox> mailboxes(Address[] addresses) {
    return addresses == null
        ? List.of()
        : Arrays.stream(addresses)
            .map(InternetAddress.class::cast)
            .filter(a -> !a.isGroup())
            .map(a -> new Mailbox(Optional.ofNullable(a.getPersonal()).orElse(""), a.getAddress()))
            .toList();
  }

  private static Map<String, String> own(MimeMessage message)
      throws MessagingException, IOException {
    Map<String, String> own = new TreeMap<>();
    for (jakarta.mail.Header header : Collections.list(message.getAllHeaders())) {
      if (header.getName().startsWith("X-")) {
        own.put(header.getName(), MimeUtility.decodeText(MimeUtility.unfold(header.getValue())));
      }
    }
    return own;
  }

  private static final class Parts {

    private String text = "";
    private String html = "";
    private final List<ReadMail.ReadForm> forms = new ArrayList<>();
    private final List<ReadFile> files = new ArrayList<>();

    void collect(MimePart part) throws MessagingException, IOException {
      ContentType type = new ContentType(part.getContentType());
      if (type.getPrimaryType().equals("multipart")) {
        MimeMultipart multipart = new MimeMultipart(new MimePartDataSource(part));
        for (int i = 0; i < multipart.getCount(); i++) {
          collect((MimeBodyPart) multipart.getBodyPart(i));
        }
      } else if (part.getFileName() != null) {
        files.add(file(part));
      } else if (type.match("text/plain")) {
        text = new String(bytes(part), StandardCharsets.UTF_8);
      } else if (type.match("text/html")) {
        html = new String(bytes(part), StandardCharsets.UTF_8);
      } else {
        String content = new String(bytes(part), StandardCharsets.UTF_8);
        forms.add(new ReadMail.ReadForm(part.getContentType(), ReadMail.lines(content)));
      }
    }

    private static ReadFile file(MimePart part) throws MessagingException, IOException {
      String id = Optional.ofNullable(part.getContentID()).orElse("<>");
      return ReadFile.of(
          part.getFileName(),
          ReadMail.withoutName(part.getContentType()),
          id.substring(1, id.length() - 1),
          part.getDisposition(),
          bytes(part));
    }

    private static byte[] bytes(MimePart part) throws MessagingException, IOException {
      try (InputStream in = part.getInputStream()) {
        return in.readAllBytes();
      }
    }
  }
}
