package dev.postrider.smtp;

import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.json.HeaderValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.apache.james.mime4j.util.MimeUtil;

/** The header of a message as Apache Mime4j reads it. */
record ReadHeader(Message message) {

  private static final MimeConfig CONFIG =
      MimeConfig.custom().setMaxLineLen(-1).setMaxHeaderLen(-1).setStrictParsing(true).build();

  static ReadHeader of(byte[] bytes) {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(CONFIG);
    try {
      return new ReadHeader(builder.parseMessage(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String name) {
    return message.getHeader().getField(name) != null;
  }

  /** The mailboxes of a field in the form of {@link #plain}. */
  List<String> mailboxes(String name) {
    if (!has(name)) {
      return List.of();
    }
    ByteSequence utf8 = ContentUtil.encode(StandardCharsets.UTF_8, raw(name));
    return LenientAddressParser.DEFAULT
        .parseAddressList(utf8, new ParserCursor(0, utf8.length()))
        .flatten()
        .stream()
        .map(ReadHeader::plain)
        .toList();
  }

  /** The text of a field, encoded words decoded; of a field with mailboxes what they mean. */
  String value(String name) {
    return hasMailboxes(name)
        ? mailboxes(name).toString()
        : DecoderUtil.decodeEncodedWords(raw(name), DecodeMonitor.STRICT);
  }

  /** What {@link #value} must give for a value that the decoder accepted. */
  static String expected(String name, String value) {
    return hasMailboxes(name) ? plain(accepted(value)).toString() : value;
  }

  private static List<Address> accepted(String value) {
    try {
      return HeaderValue.mailboxes(value);
    } catch (InvalidMail e) {
      throw new AssertionError(value, e);
    }
  }

  /** Name and address; a local part without quotes, which this parser does not keep. */
  static List<String> plain(List<Address> addresses) {
    return addresses.stream()
        .map(
            each -> each.name().orElse("") + '<' + unquoted(each.localPart()) + '@' + each.domain())
        .toList();
  }

  private static String plain(Mailbox mailbox) {
    String name = Optional.ofNullable(mailbox.getName()).orElse("");
    return name + '<' + mailbox.getLocalPart() + '@' + mailbox.getDomain();
  }

  private static String unquoted(String localPart) {
    return localPart.startsWith("\"")
        ? localPart.substring(1, localPart.length() - 1).replaceAll("\\\\(.)", "$1")
        : localPart;
  }

  private static boolean hasMailboxes(String name) {
    return name.equals("Sender") || name.equals("Disposition-Notification-To");
  }

  private String raw(String name) {
    return MimeUtil.unfold(field(name).getBody()).strip(); // folded after the colon or not
  }

  private Field field(String name) {
    return message.getHeader().getField(name);
  }
}
