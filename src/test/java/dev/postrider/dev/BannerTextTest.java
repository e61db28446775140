package dev.postrider.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BannerTextTest {

  private static final String TEXT =
      new BannerText(
              "http://localhost:8080",
              "127.0.0.1:4711",
              "version 7.0.15",
              "127.0.0.1:2525",
              new BannerText.Queues("default=3, bulk=1", "default", "mail"),
              64)
          .text();

  @Test
  void fits_on_twenty_lines() {
    assertTrue(TEXT.lines().count() <= 20, TEXT);
  }

  @Test
  void tells_what_runs_where() {
    for (String part :
        new String[] {"127.0.0.1:4711, version 7.0.15", "127.0.0.1:2525", "bulk=1"}) {
      assertTrue(TEXT.contains(part), part);
    }
  }

  @Test
  void shows_mail_that_the_worker_accepts() throws InvalidMail {
    Matcher json = Pattern.compile("'(\\{\"from.*\\})'").matcher(TEXT);
    int mails = 0;
    while (json.find()) {
      String mail = json.group(1).replaceAll("'\\$\\(.*\\)'", "2026-11-22T12:00:00Z");
      new MailCodec(MailLimits.STANDARD).decode(mail.getBytes(StandardCharsets.UTF_8));
      mails++;
    }
    assertEquals(3, mails);
  }
}
