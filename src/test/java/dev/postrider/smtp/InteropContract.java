package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.Refused;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every real mail server that serves x.test, and no other domain, has to show. */
interface InteropContract {

  int MAILS = 1_000;
  Duration DELIVERY_MAX = Duration.ofMinutes(2);
  Pattern SUBJECT = Pattern.compile("(?m)^Subject: (\\d+)$");

  /** Where it listens, at 127.0.0.1. */
  int port();

  /** The bounds of the connections to it. */
  PoolLimits limits();

  /** The mails that it delivered so far. */
  List<String> delivered();

  /** Fails if this is not how it refuses a recipient that it does not serve. */
  void assertRefusal(Reply reply);

  @Test
  default void delivers_every_mail_as_it_left_in_every_form() {
    List<Extensions> forms =
        List.of(
            TestServer.ALL,
            TestServer.without("chunking"),
            TestServer.without("pipelining"),
            TestServer.without("pipelining", "chunking", "lookahead"),
            TestServer.without("reset"));
    for (int form = 0; form < forms.size(); form++) {
      sendAll(forms.get(form), form, forms.size());
    }
    Awaitility.await().atMost(DELIVERY_MAX).until(() -> delivered().size() == MAILS);
    Map<Integer, String> delivered = new HashMap<>();
    delivered().forEach(mail -> delivered.put(number(mail), mail));
    assertEquals(MAILS, delivered.size());
    delivered.forEach(VariedMails::assertAsItLeft);
  }

  @Test
  default void reports_a_recipient_that_it_does_not_serve() {
    try (Sender sender = sender(TestServer.ALL)) {
      Refused refused = sender.send(Refused.class, "ana@elsewhere.test");
      assertEquals("RCPT", refused.command());
      assertRefusal(refused.reply());
    }
  }

  private void sendAll(Extensions use, int first, int step) {
    try (Sender sender = sender(use)) {
      List<Future<SendResult>> offers = new ArrayList<>();
      for (int number = first; number < MAILS; number += step) {
        offers.add(sender.offer(VariedMails.mail(number), Sender.OPEN, "ana@x.test"));
      }
      offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
    }
  }

  private Sender sender(Extensions use) {
    return Sender.to(
        Sender.server(port())
            .withExtensions(use)
            .withTimeouts(Timeouts.all(Duration.ofSeconds(30)))
            .withLimits(limits()));
  }

  private static int number(String mail) {
    Matcher subject = SUBJECT.matcher(mail);
    assertTrue(subject.find(), mail);
    return Integer.parseInt(subject.group(1));
  }
}
