package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.mail.Address;
import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mime.Composer;
import dev.postrider.mime.Stamp;
import dev.postrider.smtp.RandomMailboxes.Written;
import dev.postrider.support.WireCheck;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.MailServer;
import dev.postrider.support.smtpserver.MailServerOptions;
import dev.postrider.support.smtpserver.Received;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Goal: decoder, composer and SMTP engine have one grammar of addresses and headers. What the
 * decoder accepts arrives over a real connection as it was meant; what it refuses has its place and
 * a remedy. Method: generated mails, read back by a parser that knows nothing of the composer. Many
 * more with {@code -Dgrammar.mails=100000}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailGrammarTest {

  private static final int MAILS = Integer.getInteger("grammar.mails", 400);

  private static final Vertx VERTX = Vertx.vertx();
  private static final Queue<Received> INBOX = new ConcurrentLinkedQueue<>();
  private static final MailServer SERVER =
      new MailServer(VERTX, new MailServerOptions(), AnswerScript.ACCEPT_ALL, INBOX::add);

  private static Sender sender;

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final Composer composer = new Composer();

  @BeforeAll
  static void open() {
    Sender.join(SERVER.start());
    sender = Sender.to(Sender.server(SERVER.port()));
  }

  @AfterAll
  static void close() {
    sender.close();
    Sender.join(VERTX.close());
  }

  /** A mail as a producer writes it, and the addresses that it means, by key. */
  private record Draft(String json, Map<String, List<Written>> mailboxes) {

    boolean mayBeWrong() {
      return mailboxes.values().stream()
          .flatMap(List::stream)
          .anyMatch(written -> written.read().isEmpty());
    }

    List<Address> read(String key) {
      return mailboxes.get(key).stream().map(Written::read).flatMap(Optional::stream).toList();
    }
  }

  @Test
  void what_is_accepted_arrives_as_it_was_meant() {
    int arrived = 0;
    for (int seed = 0; seed < MAILS; seed++) {
      Draft draft = draft(seed);
      try {
        Mail mail = codec.decode(draft.json().getBytes(StandardCharsets.UTF_8));
        assertArrives(draft, mail, "seed " + seed);
        arrived++;
      } catch (InvalidMail refused) {
        String fault = "seed " + seed + ": " + refused.pointer() + " " + refused.getMessage();
        boolean header = refused.pointer().startsWith("/headers/");
        assertTrue(header || draft.mayBeWrong(), fault);
        assertTrue(refused.pointer().matches("/(from|to|cc|bcc|reply_to|headers)\\b.*"), fault);
        assertTrue(refused.getMessage().length() > 20, fault);
      }
    }
    assertTrue(arrived > MAILS / 4, arrived + " arrived");
    assertEquals(Map.of(), SERVER.counters().violations());
  }

  private static Draft draft(int seed) {
    Random random = new Random(seed);
    RandomMailboxes mailboxes = new RandomMailboxes(random);
    Map<String, List<Written>> written =
        Map.of(
            "from", List.of(mailboxes.next()),
            "envelope_sender", List.of(mailboxes.address()),
            "to", list(mailboxes, 1 + random.nextInt(3)),
            "cc", list(mailboxes, random.nextInt(2)),
            "bcc", list(mailboxes, random.nextInt(2)),
            "reply_to", list(mailboxes, random.nextInt(2)));
    Map<String, String> headers = new RandomHeaders(random, mailboxes).next();
    String members =
        Stream.of("to", "cc", "bcc", "reply_to")
            .map(key -> quoted(key) + ":" + array(written.get(key)))
            .collect(Collectors.joining(","));
    String single =
        Stream.of("from", "envelope_sender")
            .map(key -> quoted(key) + ":" + quoted(written.get(key).get(0).text()))
            .collect(Collectors.joining(","));
    String fields =
        headers.entrySet().stream()
            .map(field -> quoted(field.getKey()) + ":" + quoted(field.getValue()))
            .collect(Collectors.joining(","));
    String json = "{%s,%s,\"headers\":{%s},\"text\":\"x\"}".formatted(single, members, fields);
    return new Draft(json, written);
  }

  private static List<Written> list(RandomMailboxes mailboxes, int count) {
    return IntStream.range(0, count).mapToObj(i -> mailboxes.next()).toList();
  }

  private static String array(List<Written> written) {
    return written.stream()
        .map(Written::text)
        .map(MailGrammarTest::quoted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private void assertArrives(Draft draft, Mail mail, String seed) {
    if (!draft.mayBeWrong()) {
      assertEquals(draft.read("to"), mail.to(), seed);
      assertEquals(draft.read("cc"), mail.cc(), seed);
      assertEquals(draft.read("bcc"), mail.bcc(), seed);
      assertEquals(draft.read("reply_to"), mail.replyTo(), seed);
      assertEquals(draft.read("from"), List.of(mail.from()), seed);
      assertEquals(draft.read("envelope_sender").get(0).address(), mail.sender(), seed);
    }
    Received received = send(mail, seed);
    WireCheck.assertClean(received);
    assertEquals(mail.sender(), received.sender(), seed);
    assertEquals(recipients(mail), received.recipients(), seed);
    ReadHeader header = ReadHeader.of(received.message());
    assertEquals(ReadHeader.plain(List.of(mail.from())), header.mailboxes("From"), seed);
    assertEquals(ReadHeader.plain(mail.to()), header.mailboxes("To"), seed);
    assertEquals(ReadHeader.plain(mail.cc()), header.mailboxes("Cc"), seed);
    assertEquals(ReadHeader.plain(mail.replyTo()), header.mailboxes("Reply-To"), seed);
    assertFalse(header.has("Bcc"), seed);
    mail.headers()
        .forEach(
            (name, value) ->
                assertEquals(
                    ReadHeader.expected(name, value), header.value(name), seed + " " + name));
  }

  private Received send(Mail mail, String seed) {
    DeliveryRequest request =
        new DeliveryRequest(
            mail, new Stamp("1-0", Instant.EPOCH), DoneRecipients.NONE, Sender.VALID, Sender.OPEN);
    String message = new String(composer.compose(mail, request.stamp()), StandardCharsets.UTF_8);
    List<String> addresses = request.recipients().stream().map(Recipient::address).toList();
    Envelope envelope = new Envelope(mail.sender(), addresses, request.needsSmtpUtf8());
    SendResult result = Sender.join(sender.offer(envelope, message, Sender.OPEN));
    assertInstanceOf(SendResult.Accepted.class, result, seed);
    return INBOX.remove();
  }

  /** Each address once, domains compared without case. */
  private static List<String> recipients(Mail mail) {
    List<String> once = new ArrayList<>();
    for (Address address :
        Stream.of(mail.to(), mail.cc(), mail.bcc()).flatMap(List::stream).toList()) {
      boolean given =
          once.stream()
              .anyMatch(
                  each ->
                      each.substring(0, each.lastIndexOf('@')).equals(address.localPart())
                          && each.substring(each.lastIndexOf('@') + 1)
                              .equalsIgnoreCase(address.domain()));
      if (!given) {
        once.add(address.address());
      }
    }
    return once;
  }
}
