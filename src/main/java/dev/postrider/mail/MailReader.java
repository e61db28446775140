package dev.postrider.mail;

import dev.postrider.mail.Mail.OnUnknown;
import java.util.List;

/**
 * Reads the object of one mail: each key to its reader, then the rules between the keys.
 *
 * <p>Text or html must be there but may be empty: a mail of attachments only is a good mail. They
 * may hold any character but NUL; every other string is a line.
 */
final class MailReader {

  static final Names KEYS =
      new Names(
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

  /** A header line without its name and break: RFC 5322 §2.1.1. */
  private static final int SUBJECT_MAX = 998;

  private static final int IDEMPOTENCY_KEY_MAX = 256;
  private static final int TAG_VALUE_MAX = 256;
  private static final int METADATA_VALUE_MAX = 1024;

  private final Cursor cursor;
  private final MailLimits limits;
  private final Draft draft = new Draft();

  MailReader(Cursor cursor, MailLimits limits) {
    this.cursor = cursor;
    this.limits = limits;
  }

  Mail read() throws InvalidMail {
    Members members = new Members(cursor, KEYS);
    while (members.next()) {
      readMember(members.key());
    }
    return draft.finish();
  }

  private void readMember(String key) throws InvalidMail {
    switch (key) {
      case "from" -> draft.from = cursor.line(Address::parse);
      case "to" -> draft.to = recipients();
      case "cc" -> draft.cc = recipients();
      case "bcc" -> draft.bcc = recipients();
      case "reply_to" -> draft.replyTo = addresses(limits.recipients());
      case "subject" -> draft.subject = cursor.line(0, SUBJECT_MAX);
      case "text" -> draft.text = cursor.prose();
      case "html" -> draft.html = cursor.prose();
      case "locale" -> draft.locale = cursor.line(Language::parse);
      case "time_zone" -> draft.timeZone = cursor.line(Zone::parse);
      case "headers" -> draft.headers = new Headers(limits.headers()).read(cursor);
      case "attachments" -> draft.attachments = new Attachments(limits.attachments()).read(cursor);
      case "tags" -> draft.tags = new Labels(TAG_VALUE_MAX).read(cursor);
      case "metadata" -> draft.metadata = new Labels(METADATA_VALUE_MAX).read(cursor);
      case "template", "unsubscribe", "recipients", "tenant" ->
          throw cursor.invalid("not supported yet: leave it out");
      default -> readTerm(key);
    }
  }

  private void readTerm(String key) throws InvalidMail {
    switch (key) {
      case "id" -> draft.id = cursor.line(Word.ID);
      case "envelope_sender" -> draft.envelopeSender = cursor.line(MailReader::reversePath);
      case "idempotency_key" -> draft.idempotencyKey = cursor.line(1, IDEMPOTENCY_KEY_MAX);
      case "scheduled_at" -> draft.scheduledAt = cursor.line(Rfc3339::parse);
      case "expires_at" -> draft.expiresAt = cursor.line(Rfc3339::parse);
      case "only_if" -> draft.onlyIf = new Conditions().read(cursor);
      case "on_unknown" -> draft.onUnknown = cursor.line(MailReader::onUnknown);
      case "route" -> draft.route = cursor.line(Word.ROUTE);
      default -> throw new IllegalStateException("a key without a reader");
    }
  }

  private List<Address> recipients() throws InvalidMail {
    return addresses(limits.recipients() - draft.recipients());
  }

  private List<Address> addresses(int room) throws InvalidMail {
    return new Addresses(room, limits.recipients()).read(cursor);
  }

  /** Empty text is the null reverse-path of RFC 5321 §4.5.5: nothing bounces to anyone. */
  private static String reversePath(String text) throws InvalidMail {
    return text.isEmpty() ? text : AddrSpec.parse(text);
  }

  private static OnUnknown onUnknown(String text) throws InvalidMail {
    return switch (text) {
      case "resend" -> OnUnknown.RESEND;
      case "hold" -> OnUnknown.HOLD;
      default -> throw Leaf.fault("expected resend or hold");
    };
  }
}
