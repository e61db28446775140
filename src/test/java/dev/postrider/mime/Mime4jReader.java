package dev.postrider.mime;

import dev.postrider.mime.ReadMail.Mailbox;
import dev.postrider.mime.ReadMail.ReadFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;

/** Reads a message with Apache Mime4j. */
final class Mime4jReader implements ReadMail.Reader {

  private static final MimeConfig CONFIG =
      MimeConfig.custom()
          .setMaxLineLen(1000)
          .setMaxHeaderLen(-1)
          .setMaxHeaderCount(-1)
          .setStrictParsing(true)
          .build();

  @Override
  public ReadMail read(byte[] bytes) throws IOException {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(CONFIG);
    Message message = builder.parseMessage(new ByteArrayInputStream(bytes));
    Parts parts = new Parts();
    parts.collect(message);
    return new ReadMail(
        mailboxes(message.getFrom()),
        mailboxes(message.getReplyTo() == null ? null : message.getReplyTo().flatten()),
        mailboxes(message.getTo() == null ? null : message.getTo().flatten()),
        mailboxes(message.getCc() == null ? null : message.getCc().flatten()),
        Optional.ofNullable(message.getSubject()).orElse(""),
        own(message),
        ReadMail.lines(parts.text),
        ReadMail.lines(parts.html),
        parts.forms,
        parts.files);
  }

  private static List<Mailbox> mailboxes(
      List<org.apache.james.mime4j.dom.address.Mailbox> mailboxes) {
    return mailboxes == null
        ? List.of()
        : mailboxes.stream()
            .map(m -> new Mailbox(Optional.ofNullable(m.getName()).orElse(""), m.getAddress()))
            .toList();
  }

  private static Map<String, String> own(Message message) {
    Map<String, String> own = new TreeMap<>();
    for (Field field : message.getHeader().getFields()) {
      if (field.getName().startsWith("X-")) {
        String raw = MimeUtil.unfold(field.getBody());
        own.put(field.getName(), DecoderUtil.decodeEncodedWords(raw, DecodeMonitor.STRICT));
      }
    }
    return own;
  }

  private static final class Parts {

    private String text = "";
    private String html = "";
    private final List<ReadMail.ReadForm> forms = new ArrayList<>();
    private final List<ReadFile> files = new ArrayList<>();

    void collect(Entity entity) throws IOException {
      if (entity.getBody() instanceof Multipart multipart) {
        for (Entity part : multipart.getBodyParts()) {
          collect(part);
        }
      } else if (entity.getFilename() != null) {
        files.add(file(entity));
      } else if (entity.getMimeType().equals("text/plain")) {
        text = new String(bytes(entity), StandardCharsets.UTF_8);
      } else if (entity.getMimeType().equals("text/html")) {
        html = new String(bytes(entity), StandardCharsets.UTF_8);
      } else {
        String type = ((ContentTypeField) entity.getHeader().getField("Content-Type")).getBody();
        String content = new String(bytes(entity), StandardCharsets.UTF_8);
        forms.add(new ReadMail.ReadForm(type, ReadMail.lines(content)));
      }
    }

    private static ReadFile file(Entity entity) throws IOException {
      Field id = entity.getHeader().getField("Content-ID");
      ContentTypeField type = (ContentTypeField) entity.getHeader().getField("Content-Type");
      return ReadFile.of(
          entity.getFilename(),
          ReadMail.withoutName(type.getBody()),
          id == null ? "" : id.getBody().replaceAll("^<|>$", ""),
          entity.getDispositionType(),
          bytes(entity));
    }

    private static byte[] bytes(Entity entity) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ((SingleBody) entity.getBody()).writeTo(bytes);
      return bytes.toByteArray();
    }
  }
}
