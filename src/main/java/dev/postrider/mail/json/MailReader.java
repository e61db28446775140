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

  static final KnownKeys KEYS =
      new KnownKeys(
          "from",
          "to",
          "cc",
          "bcc",
          "reply_to",
          "subject",
          "text",
          "html",
          "template",
          "locale",
          "time_zone",
          "headers",
          "attachments",
          "unsubscribe",
          "envelope_sender",
          "id",
          "idempotency_key",
          "scheduled_at",
          "expires_at",
          "only_if",
          "on_unknown",
          "route",
          "tenant",
          "tags",
          "metadata",
          "recipients");

  /** Longest header line: RFC 5322 §2.1.1. */
  private static final int SUBJECT_MAX = 998;

  private static final int IDEMPOTENCY_KEY_MAX = 256;
  private static final int TAG_VALUE_MAX = 256;
  private static final int METADATA_VALUE_MAX = 1024;

  private final JsonCursor jsonCursor;
  private final MailLimits limits;
  private final MailBuilder mailBuilder = new MailBuilder();

  MailReader(JsonCursor jsonCursor, MailLimits limits) {
    this.jsonCursor = jsonCursor;
    this.limits = limits;
  }

  Mail read() throws InvalidMail {
    ObjectReader objectReader = new ObjectReader(jsonCursor, KEYS);
    while (objectReader.next()) {
      readMember(objectReader.key());
    }
    return mailBuilder.build();
  }

  private void readMember(String key) throws InvalidMail {
    switch (key) {
      case "from" -> mailBuilder.from = jsonCursor.line(Address::parse);
      case "to" -> mailBuilder.to = recipients();
      case "cc" -> mailBuilder.cc = recipients();
      case "bcc" -> mailBuilder.bcc = recipients();
      case "reply_to" -> mailBuilder.replyTo = addresses(limits.recipients());
      case "subject" -> mailBuilder.subject = jsonCursor.line(0, SUBJECT_MAX);
      case "text" -> mailBuilder.text = jsonCursor.text();
      case "html" -> mailBuilder.html = jsonCursor.text();
      case "locale" -> mailBuilder.locale = jsonCursor.line(LanguageParser::parse);
      case "time_zone" -> mailBuilder.timeZone = jsonCursor.line(TimeZoneParser::parse);
      case "headers" -> mailBuilder.headers = new HeaderReader(limits.headers()).read(jsonCursor);
      case "attachments" ->
          mailBuilder.attachments = new AttachmentReader(limits.attachments()).read(jsonCursor);
      case "tags" -> mailBuilder.tags = new LabelReader(TAG_VALUE_MAX).read(jsonCursor);
      case "metadata" ->
          mailBuilder.metadata = new LabelReader(METADATA_VALUE_MAX).read(jsonCursor);
      case "template", "unsubscribe", "recipients", "tenant" ->
          throw jsonCursor.invalid("not supported yet: leave it out");
      default -> readTerm(key);
    }
  }

  private void readTerm(String key) throws InvalidMail {
    switch (key) {
      case "id" -> mailBuilder.id = jsonCursor.line(NameRule.ID);
      case "envelope_sender" ->
          mailBuilder.envelopeSender = jsonCursor.line(MailReader::reversePath);
      case "idempotency_key" ->
          mailBuilder.idempotencyKey = jsonCursor.line(1, IDEMPOTENCY_KEY_MAX);
      case "scheduled_at" -> mailBuilder.scheduledAt = jsonCursor.line(Rfc3339::parse);
      case "expires_at" -> mailBuilder.expiresAt = jsonCursor.line(Rfc3339::parse);
      case "only_if" -> mailBuilder.onlyIf = new ConditionReader().read(jsonCursor);
      case "on_unknown" -> mailBuilder.onUnknown = jsonCursor.line(MailReader::onUnknown);
      case "route" -> mailBuilder.route = jsonCursor.line(NameRule.ROUTE);
      default -> throw new IllegalStateException("a key without a reader");
    }
  }

  private List<Address> recipients() throws InvalidMail {
    return addresses(limits.recipients() - mailBuilder.recipients());
  }

  private List<Address> addresses(int room) throws InvalidMail {
    return new AddressReader(room, limits.recipients()).read(jsonCursor);
  }

  /** Empty text is the null reverse-path of RFC 5321 §4.5.5: no bounces. */
  private static String reversePath(String text) throws InvalidMail {
    return text.isEmpty() ? text : AddrSpec.parse(text);
  }

  private static OnUnknown onUnknown(String text) throws InvalidMail {
    return switch (text) {
      case "resend" -> OnUnknown.RESEND;
      case "hold" -> OnUnknown.HOLD;
      default -> throw ValueParser.fault("expected resend or hold");
    };
  }
}
