package dev.postrider.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The mails that producers have written to the stream, read as a worker reads them. */
final class WrittenMails {

  private static final String READY = "mail:{default}:ready";

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final RedisProcess redis;

  WrittenMails(RedisProcess redis) {
    this.redis = redis;
  }

  /** All mails, in order. */
  List<Mail> mails() throws InvalidMail {
    List<Mail> mails = new ArrayList<>();
    try (RedisClient client = redis.client()) {
      for (Object entry : (List<?>) client.command("XRANGE", READY, "-", "+")) {
        mails.add(mail((List<?>) ((List<?>) entry).get(1)));
      }
    }
    return mails;
  }

  private Mail mail(List<?> fields) throws InvalidMail {
    assertEquals("mail", fields.get(0));
    return codec.decode(fields.get(1).toString().getBytes(StandardCharsets.UTF_8));
  }
}
