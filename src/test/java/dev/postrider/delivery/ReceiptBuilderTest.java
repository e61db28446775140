package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.delivery.reply.ReplyRules;
import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.smtp.Phase;
import dev.postrider.smtp.Reply;
import dev.postrider.smtp.SendResult;
import dev.postrider.timing.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From what a server says to the outcome of the mail. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReceiptBuilderTest {

  private static final ReplyRules RULES = ReplyRules.builtIn();
  private static final Backoff SHORT = new Backoff(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private static final OutcomeDecider DECIDER =
      new OutcomeDecider(
          new RetryPolicy(new RetrySettings(3, SHORT, SHORT, SHORT)), () -> 0.5, route -> false);

  /** What each meaning in the corpus comes to: the outcome, and whether it uses up an attempt. */
  private static final Map<String, String> OUTCOMES =
      Map.ofEntries(
          Map.entry("route reconnect", "deferred connection, no attempt"),
          Map.entry("route throttle", "deferred throttled, no attempt"),
          Map.entry("route throttle:1m", "deferred throttled, no attempt"),
          Map.entry("route route-down", "deferred route-down, no attempt"),
          Map.entry("domain throttle", "deferred throttled, no attempt"),
          Map.entry("domain throttle:30m", "deferred throttled, no attempt"),
          Map.entry("domain throttle:1h", "deferred throttled, no attempt"),
          Map.entry("domain throttle:2h", "deferred throttled, no attempt"),
          Map.entry("domain throttle:4h", "deferred throttled, no attempt"),
          Map.entry("domain retry", "deferred transient, attempt"),
          Map.entry("domain retry:1h", "deferred transient, attempt"),
          Map.entry("address retry", "deferred transient, attempt"),
          Map.entry("address retry:1h", "deferred transient, attempt"),
          Map.entry("mail retry", "deferred transient, attempt"),
          Map.entry("mail retry:1m", "deferred transient, attempt"),
          Map.entry("mail retry:5m", "deferred transient, attempt"),
          Map.entry("sender retry", "deferred transient, attempt"),
          Map.entry("mail split", "deferred transient, attempt"),
          Map.entry("mail refuse", "dead refused"),
          Map.entry("sender refuse", "dead refused"),
          Map.entry("address refuse", "dead refused"),
          Map.entry("address refuse-and-suppress", "dead refused"));

  @ParameterizedTest
  @MethodSource("corpus")
  void every_reply_of_a_real_server_comes_to_its_outcome(String row) {
    String[] parts = row.split(" \\| ", 4);
    String[] given = parts[0].split(" ");
    Reply reply = Reply.of(Integer.parseInt(given[1]), List.of(withoutCode(parts[3])));
    Receipt receipt = receipt(1, refused(given[0], reply));
    Outcome outcome = DECIDER.decide(receipt, fresh());
    assertEquals(OUTCOMES.get(parts[1]), told(outcome));
    if (parts[1].contains(":") && outcome instanceof Outcome.Deferred deferred) {
      String delay = parts[1].substring(parts[1].indexOf(':') + 1).toUpperCase(Locale.ROOT);
      assertEquals(Duration.parse("PT" + delay), deferred.delay());
    }
    boolean suppress = parts[1].endsWith("refuse-and-suppress");
    assertEquals(
        suppress,
        receipt
            .answers()
            .get(0)
            .reaction()
            .filter(Reaction.REFUSE_AND_SUPPRESS::equals)
            .isPresent());
    assertFalse(receipt.toString().contains("@"), receipt.toString());
  }

  static Stream<String> corpus() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/replies/corpus.txt")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  private static String withoutCode(String text) {
    return text.matches("\\d{3}[ -].*") ? text.substring(4) : text;
  }

  @Test
  void every_reply_of_the_corpus_is_among_them() throws IOException {
    assertEquals(206, corpus().count());
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTING, false, connection, no attempt",
    "GREETING, false, connection, no attempt",
    "AUTHENTICATING, false, connection, no attempt",
    "ENVELOPE, false, connection, attempt",
    "DATA, false, connection, attempt",
    "CONNECTING, true, route-down, no attempt",
    "GREETING, true, route-down, no attempt",
    "AUTHENTICATING, true, route-down, no attempt"
  })
  void a_loss_without_a_reply_uses_an_attempt_only_within_the_mail(
      Phase phase, boolean needsOperator, String reason, String counted) {
    Receipt receipt = receipt(2, new SendResult.NotSent(phase, "the cause", needsOperator));
    assertEquals("deferred " + reason + ", " + counted, told(DECIDER.decide(receipt, fresh())));
    assertEquals("the cause", receipt.decisiveAnswer().get().line());
  }

  /** The command that was refused counts, whatever the phase is called. */
  @ParameterizedTest
  @CsvSource({
    "GREETING, CONNECT, 421, no attempt",
    "GREETING, EHLO, 421, no attempt",
    "AUTHENTICATING, AUTH PLAIN, 421, no attempt",
    "ENVELOPE, RSET, 421, no attempt",
    "ENVELOPE, MAIL, 421, no attempt",
    "ENVELOPE, RCPT, 421, attempt",
    "ENVELOPE, DATA, 421, attempt",
    "DATA, DATA, 421, attempt",
    "DOT, ., 421, attempt",
    "DOT, BDAT, 421, attempt",
    "DATA, BDAT, 421, attempt"
  })
  void a_server_that_closes_uses_an_attempt_once_a_recipient_was_named(
      Phase phase, String command, int code, String counted) {
    Reply reply = Reply.of(code, List.of("4.3.2 Closing"));
    Receipt receipt = receipt(1, new SendResult.Refused(phase, command, reply, List.of()));
    String told = told(DECIDER.decide(receipt, fresh()));
    assertTrue(told.endsWith(", " + counted), told);
  }

  @Test
  void a_reply_is_all_its_lines_without_codes_and_addresses() {
    Reply reply =
        Reply.of(
            550,
            List.of(
                "5.7.1 <ana@example.test>: Relay access denied",
                "5.7.1",
                "5.7.1 see https://example.test/help"));
    Receipt receipt = receipt(1, refused("rcpt", reply));
    assertEquals(
        "550 5.7.1 <…>: Relay access denied see https://example.test/help",
        receipt.decisiveAnswer().get().line());
    assertEquals("deferred transient, attempt", told(DECIDER.decide(receipt, fresh())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          452 | #4.5.3 Too many recipients.       | 4.5.3 | #4.5.3 Too many recipients.
          452 | 4-5-3 enough                      | 4.5.3 | 4-5-3 enough
          550 | cuda_nsu 5.1.1 user unknown       | 5.1.1 | cuda_nsu 5.1.1 user unknown
          550 | User unknown (#5.1.1)             | 5.1.1 | User unknown (#5.1.1)
          550 | 5.1.1                             | 5.1.1 | ''
          550 | 5.1.12 moved                      | 5.1.12 | moved
          550 | 4.1.1 contradicts                 | -     | 4.1.1 contradicts
          """)
  void finds_the_enhanced_code_wherever_the_server_writes_it(
      int code, String line, String enhanced, String text) {
    Receipt.ServerReply reply =
        receipt(1, refused("rcpt", Reply.of(code, List.of(line)))).answers().get(0).reply().get();
    assertEquals(enhanced, reply.enhanced().orElse("-"));
    assertEquals(text, reply.text());
  }

  @ParameterizedTest
  @CsvSource({"999, 999", "1000, 1000", "1001, 1000", "60000, 1000"})
  void a_long_reply_is_kept_up_to_a_thousand_characters(int length, int kept) {
    Reply reply = Reply.of(550, List.of("x".repeat(length)));
    Receipt.Answer answer = receipt(1, refused("rcpt", reply)).answers().get(0);
    assertEquals(kept, answer.reply().get().text().length());
    assertTrue(answer.line().length() <= 1_000);
  }

  /** What stands further behind costs time on the event loop and says nothing. */
  @ParameterizedTest
  @CsvSource({"0, no attempt", "4085, no attempt", "4086, attempt"})
  void the_rules_read_the_first_four_thousand_characters(int before, String counted) {
    Reply reply = Reply.of(450, List.of("x".repeat(before), "rate limit"));
    String told = told(DECIDER.decide(receipt(1, refused("mail", reply)), fresh()));
    assertTrue(told.endsWith(", " + counted), told);
  }

  @Test
  void a_refused_recipient_keeps_its_own_reply_and_the_others_share_the_fate_of_the_content() {
    List<Reply> envelope =
        List.of(reply("250 Ok"), reply("550 5.1.1 No such user"), reply("452 4.5.3 Too many"));
    Receipt receipt = receipt(3, new SendResult.Accepted(reply("250 2.0.0 queued"), envelope));
    assertEquals(List.of(0), receipt.acceptedIndexes());
    assertEquals(Map.of(1, 550), receipt.refusedForGood());
    assertEquals(
        List.of(
            Optional.empty(),
            Optional.of(Reaction.REFUSE_AND_SUPPRESS),
            Optional.of(Reaction.SPLIT)),
        receipt.answers().stream().map(Receipt.Answer::reaction).toList());
    assertEquals("deferred transient, no attempt", told(DECIDER.decide(receipt, fresh())));
  }

  /** Pipelined recipients only hear that MAIL was refused (RFC 2920 §3.1). */
  @Test
  void a_refused_sender_decides_for_all_recipients() {
    List<Reply> echoes = List.of(reply("503 5.5.1 MAIL first"), reply("503 5.5.1 MAIL first"));
    Receipt receipt =
        receipt(2, new SendResult.Refused(Phase.ENVELOPE, "MAIL", reply("550 5.7.1 No"), echoes));
    assertEquals("dead refused", told(DECIDER.decide(receipt, fresh())));
  }

  @ParameterizedTest
  @EnumSource(Reaction.class)
  void every_reaction_of_the_table_has_an_outcome(Reaction reaction) {
    ReplyRules rules =
        RULES.after("own", List.of("* 4xx,5xx * route " + reaction.word() + " /our word/"));
    SendResult result = refused("dot", reply("450 4.1.1 our word"));
    Receipt receipt = ReceiptBuilder.of("default", rules, recipients(1), result);
    String word = DECIDER.decide(receipt, fresh()).word();
    assertEquals(reaction.isFinal() ? "dead" : "deferred", word);
  }

  private static SendResult refused(String step, Reply reply) {
    return switch (step) {
      case "connect" -> new SendResult.Refused(Phase.GREETING, "CONNECT", reply, List.of());
      case "auth" -> new SendResult.Refused(Phase.AUTHENTICATING, "AUTH PLAIN", reply, List.of());
      case "mail" -> new SendResult.Refused(Phase.ENVELOPE, "MAIL", reply, List.of());
      case "rcpt" -> new SendResult.Refused(Phase.ENVELOPE, "RCPT", reply, List.of(reply));
      case "data" -> new SendResult.Refused(Phase.DATA, "DATA", reply, List.of());
      default -> new SendResult.Refused(Phase.DOT, ".", reply, List.of());
    };
  }

  private static Reply reply(String line) {
    return Reply.of(Integer.parseInt(line.substring(0, 3)), List.of(line.substring(4)));
  }

  private static Receipt receipt(int recipients, SendResult result) {
    return ReceiptBuilder.of("default", RULES, recipients(recipients), result);
  }

  private static List<Recipient> recipients(int number) {
    return IntStream.range(0, number)
        .mapToObj(index -> new Recipient(index, index + "@example.test"))
        .collect(Collectors.toList());
  }

  private static OutcomeDecider.AttemptsSoFar fresh() {
    return new OutcomeDecider.AttemptsSoFar(0, 0, false, OnUnknown.RESEND);
  }

  private static String told(Outcome outcome) {
    String reason = outcome.reasonIfAny().map(Reason::word).orElse("");
    String counted =
        outcome instanceof Outcome.Deferred deferred
            ? deferred.counted() ? ", attempt" : ", no attempt"
            : "";
    return outcome.word() + " " + reason + counted;
  }
}
