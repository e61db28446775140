package dev.postrider.worker;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.Entry;
import dev.postrider.support.Terms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Entries and attempts of small mails. */
public final class TestMails {

  private static final String MAIL =
      "{\"from\":\"a@acme.test\",\"to\":\"b@example.test\",\"subject\":\"A\",\"text\":\"A\"%s}";

  private TestMails() {}

  public static Entry entry(String queue, String id) {
    return entry(queue, id, "");
  }

  /**
   * @param more members of the mail, such as {@code ,"on_unknown":"hold"}
   */
  public static Entry entry(String queue, String id, String more) {
    byte[] mail = String.format(MAIL, more).getBytes(StandardCharsets.UTF_8);
    return new Entry(
        queue, id, Optional.of(mail), Optional.empty(), Optional.empty(), Terms.firstReading());
  }

  /** An attempt whose mail is readable and not decided. */
  public static Attempt attempt(Entry entry) {
    try {
      Mail mail = new MailCodec(MailLimits.STANDARD).decode(entry.mail().orElseThrow());
      return new Attempt(
          entry,
          AttemptHistory.none(entry.id(), Optional.empty()),
          Optional.of(mail),
          System.nanoTime(),
          Optional.empty());
    } catch (InvalidMail e) {
      throw new IllegalArgumentException(e);
    }
  }
}
