package dev.postrider.mail.json;

import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.MailLimits;
import java.util.List;

/**
 * Reads the object of one mail: a reader for each key, then the rules between the keys.
 *
 * <p>Text or html must be present but may be empty: a mail may consist of attachments only. They
 * may contain any character except NUL; every other string is a line.
 */
final class MailReader {

  /** Longest header line: RFC 5322 §2.1.1. */
  private static final int SUBJECT_MAX = 998;

  private static final int IDEMPOTENCY_KEY_MAX = 256;
  private static final int TAG_VALUE_MAX = 256;
  private static final int METADATA_VALUE_MAX = 1024;

  private static final List<Key> READERS =
      List.of(
          new Key("from", in -> in.mail.from = in.json.foldedLine(Address::parseForHeader)),
          new Key("to", in -> in.mail.to = in.recipients()),
          new Key("cc", in -> in.mail.cc = in.recipients()),
          new Key("bcc", in -> in.mail.bcc = in.recipients()),
          new Key("reply_to", in -> in.mail.replyTo = in.replyTo()),
          new Key("subject", in -> in.mail.subject = in.json.line(0, SUBJECT_MAX)),
          new Key("text", in -> in.mail.text = in.json.text()),
          new Key("html", in -> in.mail.html = in.json.text()),
          new Key(
              "alternatives", in -> in.mail.alternatives = new AlternativeReader().read(in.json)),
          new Key("template", MailReader::refuse),
          new Key("locale", in -> in.mail.locale = in.json.line(LanguageParser::parse)),
          new Key("time_zone", in -> in.mail.timeZone = in.json.line(TimeZoneParser::parse)),
          new Key("headers", MailReader::readHeaders),
          new Key("attachments", MailReader::readAttachments),
          new Key("unsubscribe", MailReader::refuse),
          new Key("envelope_sender", MailReader::readEnvelopeSender),
          new Key("id", in -> in.mail.id = in.json.line(NameRule.ID)),
          new Key(
              "idempotency_key",
              in -> in.mail.idempotencyKey = in.json.line(1, IDEMPOTENCY_KEY_MAX)),
          new Key("scheduled_at", in -> in.mail.scheduledAt = in.json.line(Rfc3339::parse)),
          new Key("expires_at", in -> in.mail.expiresAt = in.json.line(Rfc3339::parse)),
          new Key("only_if", in -> in.mail.onlyIf = new ConditionReader().read(in.json)),
          new Key("on_unknown", in -> in.mail.onUnknown = in.json.line(MailReader::onUnknown)),
          new Key("route", in -> in.mail.route = in.json.line(NameRule.ROUTE)),
          new Key("tenant", MailReader::refuse),
          new Key("tags", in -> in.mail.tags = new LabelReader(TAG_VALUE_MAX).read(in.json)),
          new Key(
              "metadata",
              in -> in.mail.metadata = new LabelReader(METADATA_VALUE_MAX).read(in.json)),
          new Key("recipients", MailReader::refuse));

  static final KnownKeys KEYS =
      new KnownKeys(READERS.stream().map(Key::name).toArray(String[]::new));

  private final JsonCursor json;
  private final MailLimits limits;
  private final MailBuilder mail = new MailBuilder();

  MailReader(JsonCursor json, MailLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  /** A key of the contract and the reader of its value. */
  private record Key(String name, Reader reader) {}

  /** Reads the current value into the builder. */
  private interface Reader {
    void read(MailReader in) throws InvalidMail;
  }

  Mail read() throws InvalidMail {
    ObjectReader object = new ObjectReader(json, KEYS);
    while (object.next()) {
      READERS.get(object.index()).reader().read(this);
    }
    return mail.build();
  }

  private void refuse() throws InvalidMail {
    throw json.invalid("not supported yet: leave it out");
  }

  private void readHeaders() throws InvalidMail {
    mail.headers = new HeaderReader(limits.headers()).read(json);
  }

  private void readAttachments() throws InvalidMail {
    mail.attachments = new AttachmentReader(limits.attachments()).read(json);
  }

  private void readEnvelopeSender() throws InvalidMail {
    mail.envelopeSender = json.foldedLine(MailReader::reversePath);
  }

  private List<Address> recipients() throws InvalidMail {
    int max = limits.recipients();
    return new AddressReader(max - mail.recipients(), max, Address::parse).read(json);
  }

  private List<Address> replyTo() throws InvalidMail {
    int max = limits.recipients();
    return new AddressReader(max, max, Address::parseForHeader).read(json);
  }

  /** Empty text is the null reverse-path of RFC 5321 §4.5.5: no bounces. */
  private static String reversePath(String text) throws InvalidMail {
    return text.isEmpty() ? text : Mailbox.envelopeAddress(text);
  }

  private static OnUnknown onUnknown(String text) throws InvalidMail {
    return switch (text) {
      case "resend" -> OnUnknown.RESEND;
      case "hold" -> OnUnknown.HOLD;
      default -> throw ValueParser.fault("expected resend or hold");
    };
  }
}
