package dev.postrider.mime;

import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader sees of a mail; two of them are equal if people would see the same. */
record ReadMail(
    List<Mailbox> from,
    List<Mailbox> replyTo,
    List<Mailbox> to,
    List<Mailbox> cc,
    String subject,
    Map<String, String> headers,
    String text,
    String html,
    List<ReadForm> forms,
    List<ReadFile> files) {

  /** Quotes around a local part are spelling, not content: one of the readers drops them. */
  record Mailbox(String name, String address) {
    Mailbox {
      address = address.replaceFirst("^\"(.*)\"@", "$1@");
    }
  }

  /** A form of the content beside text and HTML. */
  record ReadForm(String type, String content) {}

  record ReadFile(String name, String type, String contentId, String disposition, String sha256) {

    static ReadFile of(String name, String type, String id, String disposition, byte[] bytes) {
      return new ReadFile(name, type, id, disposition, sha256(bytes));
    }

    private static String sha256(byte[] bytes) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Reads the bytes of a message, independently of the code that wrote them. */
  interface Reader {
    ReadMail read(byte[] message) throws IOException;
  }

  /** What a reader must see of {@code mail}. */
  static ReadMail expected(Mail mail) {
    return new ReadMail(
        mailboxes(List.of(mail.from())),
        mailboxes(mail.replyTo()),
        mailboxes(mail.to()),
        mailboxes(mail.cc()),
        mail.subject(),
        new TreeMap<>(mail.headers()),
        lines(mail.body().text().orElse("")),
        lines(mail.body().html().orElse("")),
        mail.body().alternatives().stream()
            .map(form -> new ReadForm(form.contentType(), lines(form.content())))
            .toList(),
        inReadingOrder(mail));
  }

  private static List<Mailbox> mailboxes(List<dev.postrider.mail.Address> addresses) {
    return addresses.stream().map(a -> new Mailbox(a.name().orElse(""), a.address())).toList();
  }

  /** Every line ends with CRLF, the last one too; a parser may hide whether it did. */
  static String lines(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    return lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
  }

  /** Images that the HTML shows come before the files in the list. */
  private static List<ReadFile> inReadingOrder(Mail mail) {
    List<ReadFile> files = new java.util.ArrayList<>();
    mail.attachments().stream()
        .filter(a -> isShown(mail, a))
        .map(a -> file(a, "inline"))
        .forEach(files::add);
    mail.attachments().stream()
        .filter(a -> !isShown(mail, a))
        .map(a -> file(a, "attachment"))
        .forEach(files::add);
    return files;
  }

  private static boolean isShown(Mail mail, Attachment attachment) {
    String html = mail.body().html().orElse("");
    return attachment.contentId().filter(id -> html.contains("'cid:" + id + "'")).isPresent();
  }

  /** The type as the mail gave it: the name within it is for old readers only. */
  static String withoutName(String type) {
    return type.replaceFirst("(?s);\\s*name=\".*\"", "");
  }

  private static ReadFile file(Attachment a, String disposition) {
    return ReadFile.of(
        a.filename(), a.contentType(), a.contentId().orElse(""), disposition, a.content());
  }
}
