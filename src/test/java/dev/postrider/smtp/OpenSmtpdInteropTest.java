package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.smtp.Transmission.Accepted;
import dev.postrider.smtp.Transmission.Refused;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Against a real OpenSMTPD, where it can be fetched and the tests run as root. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenSmtpdInteropTest {

  private static final int MAILS = 1_000;

  /** Its default; the next MAIL of the connection is refused with 452. */
  private static final int MAILS_PER_CONNECTION = 100;

  private static final Duration DELIVERY_MAX = Duration.ofMinutes(2);
  private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject: (\\d+)$");
  private static OpenSmtpd server;

  @BeforeAll
  static void start() {
    server = OpenSmtpd.start().orElse(null);
    assumeTrue(server != null, "OpenSMTPD cannot be fetched, or may not run");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void delivers_every_mail_as_it_left_in_every_form() {
    List<Extensions> forms =
        List.of(
            Extensions.all(),
            Extensions.all().withChunking(false),
            Extensions.all().withPipelining(false),
            Extensions.none(),
            Extensions.all().withReset(false));
    for (int form = 0; form < forms.size(); form++) {
      sendAll(forms.get(form), form, forms.size());
    }
    Awaitility.await().atMost(DELIVERY_MAX).until(() -> server.delivered().size() == MAILS);
    Map<Integer, String> delivered = new HashMap<>();
    server.delivered().forEach(mail -> delivered.put(number(mail), mail));
    assertEquals(MAILS, delivered.size());
    delivered.forEach(VariedMails::assertAsItLeft);
  }

  @Test
  void tells_of_a_recipient_that_it_does_not_serve() {
    try (Sender sender = sender(Extensions.all())) {
      Refused refused = sender.send(Refused.class, "ana@elsewhere.test");
      assertEquals("RCPT", refused.command());
      assertEquals(550, refused.reply().code());
    }
  }

  private static void sendAll(Extensions use, int first, int step) {
    try (Sender sender = sender(use)) {
      List<Future<Transmission>> offers = new ArrayList<>();
      for (int number = first; number < MAILS; number += step) {
        offers.add(sender.offer(VariedMails.mail(number), Gate.OPEN, "ana@x.test"));
      }
      offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
    }
  }

  private static Sender sender(Extensions use) {
    return Sender.to(
        Sender.server(server.port())
            .withExtensions(use)
            .withTimers(Timers.all(Duration.ofSeconds(30)))
            .withLimits(
                PoolLimits.of(1)
                    .withLife(Duration.ofMinutes(1), MAILS_PER_CONNECTION, Duration.ofMinutes(5))));
  }

  private static int number(String mail) {
    Matcher subject = SUBJECT.matcher(mail);
    assertTrue(subject.find(), mail);
    return Integer.parseInt(subject.group(1));
  }
}
