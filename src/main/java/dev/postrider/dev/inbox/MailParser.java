package dev.postrider.dev.inbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Header;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.util.MimeUtil;

/** Parses a mail leniently: of a malformed one it shows what can be read. */
final class MailParser {

  private final List<ParsedMail.File> files = new ArrayList<>();
  private Optional<String> text = Optional.empty();
  private Optional<String> html = Optional.empty();

  private MailParser() {}

  static ParsedMail read(byte[] source) {
    try {
      Message message = builder().parseMessage(new ByteArrayInputStream(source));
      MailParser parser = new MailParser();
      parser.collect(message);
      return new ParsedMail(fields(message.getHeader()), parser.text, parser.html, parser.files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Only the header. */
  static List<ParsedMail.Field> header(byte[] source) {
    try {
      return fields(builder().parseHeader(new ByteArrayInputStream(source)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DefaultMessageBuilder builder() {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
    return builder;
  }

  private static List<ParsedMail.Field> fields(Header header) {
    return header.getFields().stream().map(MailParser::field).toList();
  }

  private static ParsedMail.Field field(Field field) {
    String unfolded = MimeUtil.unfold(field.getBody()).trim();
    return new ParsedMail.Field(
        field.getName(), DecoderUtil.decodeEncodedWords(unfolded, DecodeMonitor.SILENT));
  }

  private void collect(Entity entity) throws IOException {
    Body body = entity.getBody();
    if (body instanceof Multipart multipart) {
      for (Entity part : multipart.getBodyParts()) {
        collect(part);
      }
    } else if (entity.getFilename() == null && text.isEmpty() && is(entity, "text/plain")) {
      text = Optional.of(text(entity));
    } else if (entity.getFilename() == null && html.isEmpty() && is(entity, "text/html")) {
      html = Optional.of(text(entity));
    } else {
      files.add(file(entity));
    }
  }

  private static boolean is(Entity entity, String type) {
    return type.equals(entity.getMimeType());
  }

  private static ParsedMail.File file(Entity entity) throws IOException {
    Field id = entity.getHeader().getField("Content-ID");
    return new ParsedMail.File(
        Optional.ofNullable(entity.getFilename()).orElse("unnamed"),
        entity.getMimeType(),
        id == null ? "" : id.getBody().trim().replaceAll("^<|>$", ""),
        bytes(entity));
  }

  private static String text(Entity entity) throws IOException {
    return new String(bytes(entity), charset(entity.getCharset()));
  }

  private static Charset charset(String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  /** The decoded content; an attached message as it is. */
  private static byte[] bytes(Entity entity) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (entity.getBody() instanceof SingleBody single) {
      single.writeTo(bytes);
    } else {
      new DefaultMessageWriter().writeBody(entity.getBody(), bytes);
    }
    return bytes.toByteArray();
  }
}
