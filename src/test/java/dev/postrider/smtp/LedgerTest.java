package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Unknown;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.Received;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happens to hundreds of mails at once, what is said of each agrees with the server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerTest {

  private static final int MAILS = 400;
  private static final int OFFERS_MAX = 50;

  private static final List<String> EVENTS =
      List.of(
              "450-rcpt 550-rcpt 451-data 554-data 452-dot 550-dot 421-rcpt 421-data 421-dot"
                  .split(" "),
              "drop-rcpt drop-data drop-in-data drop-dot drop-after-dot slow-dot-20ms".split(" "),
              "rst-rcpt rst-data rst-in-data rst-dot rst-after-dot slow-rcpt-20ms".split(" "),
              "garbage-rcpt garbage-data garbage-dot wrong-code-rcpt wrong-code-data".split(" "),
              "wrong-code-dot many-lines-rcpt unterminated-dot blackhole-rcpt blackhole-dot"
                  .split(" "))
          .stream()
          .flatMap(Arrays::stream)
          .toList();

  @ParameterizedTest
  @CsvSource({
    "1, PIPELINING CHUNKING",
    "2, PIPELINING CHUNKING",
    "3, PIPELINING",
    "4, PIPELINING",
    "5, CHUNKING",
    "6, ''"
  })
  void accepted_is_taken_once_unknown_at_most_once_and_all_else_never(long seed, String offered) {
    try (Sink sink = sink(offered);
        Sender sender = Sender.to(server(sink))) {
      List<String> recipients = recipients(new Random(seed));
      Map<String, SendResult> results = offerUntilTried(sender, recipients);
      Map<String, List<Received>> taken =
          sink.mails().stream().collect(Collectors.groupingBy(mail -> mail.recipients().get(0)));
      results.forEach((to, result) -> check(to, result, taken.getOrDefault(to, List.of())));
      assertEquals(MAILS, results.size());
      assertTrue(MAILS / 3 < results.values().stream().filter(Accepted.class::isInstance).count());
      sink.assertWireClean();
    }
  }

  /** When connections fail together, all that wait are turned away: those are offered again. */
  private static Map<String, SendResult> offerUntilTried(Sender sender, List<String> recipients) {
    Map<String, SendResult> results = new HashMap<>();
    List<String> untried = recipients;
    for (int offer = 1; offer <= OFFERS_MAX && !untried.isEmpty(); offer++) {
      results.putAll(offer(sender, untried));
      untried = recipients.stream().filter(to -> turnedAway(results.get(to))).toList();
    }
    return results;
  }

  private static Map<String, SendResult> offer(Sender sender, List<String> recipients) {
    Map<String, Future<SendResult>> offers = new HashMap<>();
    recipients.forEach(to -> offers.put(to, sender.offer(message(to), Sender.OPEN, to)));
    Map<String, SendResult> results = new HashMap<>();
    offers.forEach((to, offer) -> results.put(to, Sender.join(offer)));
    return results;
  }

  private static boolean turnedAway(SendResult result) {
    return result instanceof NotSent && result.phase() == Phase.CONNECTING;
  }

  private static String message(String recipient) {
    return "To: " + recipient + "\r\n\r\n.\r\n";
  }

  private static void check(String recipient, SendResult result, List<Received> taken) {
    String what = recipient + " " + result;
    if (result instanceof Accepted) {
      assertEquals(1, taken.size(), what);
    } else if (result instanceof Unknown) {
      assertTrue(taken.size() <= 1, what);
    } else {
      assertEquals(0, taken.size(), what);
    }
    for (Received mail : taken) {
      assertEquals(List.of(recipient), mail.recipients(), what);
      assertEquals(message(recipient), new String(mail.message()), what);
    }
  }

  /** Two of three mails have no trouble; silence, which takes time, is as rare as the rest. */
  private static List<String> recipients(Random random) {
    List<String> recipients = new ArrayList<>();
    for (int number = 0; number < MAILS; number++) {
      String event = random.nextInt(3) == 0 ? EVENTS.get(random.nextInt(EVENTS.size())) : "accept";
      recipients.add(event + "+" + number + "@x.test");
    }
    return recipients;
  }

  private static TestServer server(Sink sink) {
    return Sender.server(sink)
        .withTimeouts(Timeouts.all(Duration.ofMillis(500)))
        .withLimits(limits());
  }

  private static PoolLimits limits() {
    PoolLimits waiting = TestServer.waiting(PoolLimits.of(8), MAILS, Duration.ofMinutes(1));
    PoolLimits checks = TestServer.checks(waiting, Duration.ofSeconds(1), Duration.ofMinutes(1));
    return TestServer.backoff(checks, Duration.ofMillis(1), Duration.ofMillis(2));
  }

  private static Sink sink(String offered) {
    return Sink.start(
        new SinkOptions()
            .server(
                server -> {
                  for (Extension extension : List.of(Extension.PIPELINING, Extension.CHUNKING)) {
                    if (!offered.contains(extension.name())) {
                      server.without(extension);
                    }
                  }
                }));
  }
}
