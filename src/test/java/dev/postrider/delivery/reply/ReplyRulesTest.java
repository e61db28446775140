package dev.postrider.delivery.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Reaction;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.Scope;
import dev.postrider.smtp.EnhancedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplyRulesTest {

  private static final ReplyRules RULES = ReplyRules.builtIn();

  @ParameterizedTest
  @MethodSource("corpus")
  void classifies_a_reply_of_a_real_server(String row) {
    String[] parts = row.split(" \\| ", 4);
    String[] given = parts[0].split(" ");
    int code = Integer.parseInt(given[1]);
    String enhanced = enhanced(code, parts[3]);
    assertEquals(given[2], enhanced.isEmpty() ? "-" : enhanced);
    ReplyMeaning meaning = RULES.classify(step(given[0]), code, codes(enhanced), parts[3]);
    assertEquals(parts[1] + ", " + parts[2], text(meaning) + ", " + meaning.why());
  }

  static Stream<String> corpus() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/replies/corpus.txt")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  @Test
  void the_corpus_is_whole() throws IOException {
    assertEquals(206, corpus().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # Amazon SES
          dot  | 454 Throttling failure: Maximum sending rate exceeded.            | route throttle:5s
          mail | 454 Throttling failure: Daily message quota exceeded.             | route throttle:10m
          connect | 421 Too many concurrent SMTP connections                       | route throttle:5s
          dot  | 451 Timeout waiting for data from client                          | route throttle:5s
          auth | 454 Temporary authentication failure                              | route reconnect
          mail | 454 Temporary service failure                                     | route reconnect
          dot  | 451 Temporary service failure                                     | route reconnect
          auth | 535 Authentication Credentials Invalid                            | route route-down
          auth | 535 Account not subscribed to SES                                 | route route-down
          dot  | 554 Access denied: User `arn:x` is not authorized to perform `ses:SendRawEmail' on resource | sender route-down
          dot  | 554 Message rejected: Email address is not verified. The following identities failed | sender route-down
          # Gmail, Workspace
          dot  | 550 5.4.5 Daily user sending limit exceeded. For more information | route throttle:1h
          mail | 550 5.4.5 Daily sending quota exceeded.                           | route throttle:1h
          rcpt | 450 4.2.1 Peak SMTP relay limit exceeded for customer.            | route throttle:5m
          rcpt | 450 4.2.1 The user you are trying to contact is receiving mail too quickly. | address retry
          dot  | 421 4.7.0 Our system has detected an unusual rate of unsolicited mail | domain throttle:30m
          dot  | 421 4.7.28 Gmail has detected an unusual rate of unsolicited mail | domain throttle:30m
          dot  | 421 4.7.32 Your email has been rate limited because the From: header (RFC5322) | sender retry
          dot  | 421 4.7.26 This mail has been rate limited because it is unauthenticated | sender retry
          dot  | 550 5.7.26 This mail has been blocked because the sender is unauthenticated. | mail refuse
          # quota
          rcpt | 452 4.2.2 The email account that you tried to reach is over quota | address retry
          rcpt | 552 5.2.2 Mailbox full                                            | address retry
          # Microsoft
          dot  | 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded     | route throttle:1m
          mail | 432 4.3.2 Concurrent connections limit exceeded. Visit            | route throttle:1m
          mail | 421 4.4.2 Message submission rate for this client has exceeded the configured limit | route throttle:1m
          rcpt | 451 4.7.500 Server busy. Please try again later from [10.0.0.1]. (S77714) | domain throttle:30m
          rcpt | 451 4.7.651 The mail server [10.0.0.1] has been temporarily rate limited due to IP reputation (S3114) | domain throttle:30m
          dot  | 550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit | route throttle:1h
          dot  | 550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit | route throttle:1h
          dot  | 550 5.2.2 Submission quota exceeded                               | route throttle:1h
          dot  | 550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients | route throttle:1h
          auth | 550 5.7.30 Basic authentication is not supported for Client Submission. | route route-down
          mail | 550 5.7.30 Basic authentication is not supported for Client Submission. | route route-down
          auth | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled | route route-down
          auth | 535 5.7.3 Authentication unsuccessful                             | route route-down
          dot  | 550 5.7.60 SMTP; Client does not have permissions to send as this sender | sender route-down
          dot  | 554 5.2.252 SendAsDenied; app@acme.test not allowed to send as ana@acme.test | sender route-down
          # others
          mail | 452 4.4.5 Messages per second limit exceeded                      | route throttle
          mail | 452 4.5.3 Daily message limit exceeded                            | route throttle
          dot  | 452 4.5.3 Rate limit exceeded                                     | route throttle
          rcpt | 452 4.5.3 Rate limit exceeded                                     | route throttle
          mail | 452 4.5.3 Too many recipients                                     | route throttle
          rcpt | 421 4.7.0 [TSS04] Messages from 10.0.0.1 temporarily deferred     | domain throttle:2h
          mail | 421 4.7.1 [TS03] All messages from 10.0.0.1 will be permanently deferred | domain throttle:2h
          mail | 553 5.7.1 [BL21] Connections will not be accepted from 10.0.0.1   | domain throttle:4h
          rcpt | 550 Ip frequency limited                                          | domain throttle:1h
          dot  | 550 Connection frequency limited                                  | domain throttle:1h
          rcpt | 550 5.1.1 The email account that you tried to reach does not exist | address refuse-and-suppress
          rcpt | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found    | address refuse-and-suppress
          rcpt | 550 5.2.1 The email account that you tried to reach is disabled   | address refuse-and-suppress
          rcpt | 552 1 Requested mail action aborted, mailbox not found            | address refuse-and-suppress
          rcpt | 450 4.2.0 Recipient address rejected: greylisted for 60 seconds   | mail retry:1m
          rcpt | 450 4.2.0 Greylisting in action, please come back for 5 min       | mail retry:5m
          # all lines count
          rcpt | 550 5.7.1 <x>: Relay access denied see https://example.test/help  | domain retry
          rcpt | 450 4.2.0 Greylisted for 9999 hours                               | mail retry:24h
          # too many recipients, in all spellings
          rcpt | 452 #4.5.3 Too many recipients.                                   | mail split
          rcpt | 452 4-5-3 enough                                                  | mail split
          rcpt | 451 4.5.3 enough                                                  | mail split
          rcpt | 550 5.5.3 enough                                                  | mail split
          rcpt | 452 4.3.1 Insufficient system storage                             | mail retry
          rcpt | 452 4.2.2 Mailbox full                                            | address retry
          rcpt | 452 Too many recipients                                           | mail split
          rcpt | 452 no more                                                       | mail split
          rcpt | 552 Too many recipients                                           | mail split
          rcpt | 550 5.5.3 TOO MANY RECIPIENTS                                     | mail split
          # our own name
          rcpt | 504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname | route route-down
          connect | 454 4.7.0 TLS not available due to local problem               | route route-down
          # only what was said
          rcpt | 554 5.7.1 Refused by the corporate gateway                        | mail refuse
          rcpt | 421 4.3.2 The corporate gateway is shutting down                  | mail retry
          mail | 421 4.3.2 Shutting down                                           | route reconnect
          """)
  void classifies_the_replies_of_providers(String step, String reply, String expected) {
    int code = Integer.parseInt(reply.substring(0, 3));
    String enhanced = enhanced(code, reply.substring(4));
    assertEquals(expected, text(RULES.classify(step(step), code, codes(enhanced), reply)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dot  | 554 5.2.0 STOREDRV.Submission; 550 5.7.233 tenant exceeded | route throttle:1h
          dot  | 550 5.7.1 denied; 5.7.232 tenant exceeded                  | route throttle:1h
          dot  | 550 5.7.233 tenant exceeded 5.2.0 x                        | route throttle:1h
          dot  | 554 5.2.0 SendAs; 5.7.60                                   | sender route-down
          rcpt | 550 5.2.0 not delivered 5.2.2 x                            | address retry
          rcpt | 550 5.7.1 rejected (#5.1.1)                                | address refuse-and-suppress
          rcpt | 550 5.7.1 rejected 4.2.2 of another class                  | mail refuse
          rcpt | 452 4.5.0 x 4.5.3 y                                        | mail split
          """)
  void any_code_of_a_reply_counts(String step, String reply, String expected) {
    int code = Integer.parseInt(reply.substring(0, 3));
    List<String> all = EnhancedCode.all(code, reply).stream().map(Object::toString).toList();
    assertEquals(expected, text(RULES.classify(step(step), code, all, reply)));
  }

  @Test
  void a_file_may_have_a_byte_order_mark_and_tabs() {
    ReplyRules rules =
        RULES.after("own.txt", List.of("\uFEFFdot\t550\t*\tmail \t retry:5m\t/ours/\tas agreed"));
    ReplyMeaning meaning = rules.classify(Step.DOT, 550, List.of(), "550 ours");
    assertEquals("mail retry:5m, as agreed", text(meaning) + ", " + meaning.why());
    assertEquals(
        "mail retry:1h",
        text(
            RULES
                .after("own.txt", List.of("\uFEFF# ours", "dot 550 * mail retry:1h *"))
                .classify(Step.DOT, 550, List.of(), "550 x")));
  }

  /** Each would take years, or a deeper stack than there is. */
  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){20}$", "(a|b)*c", "(?:a|a)*$"})
  void a_pattern_that_reads_too_much_does_not_match(String pattern) {
    ReplyRules rules =
        RULES.after("own.txt", List.of("dot 550 * route throttle /" + pattern + "/"));
    String hostile = "550 " + "a".repeat(4_000) + "!";
    assertTimeout(
        Duration.ofSeconds(5),
        () -> assertEquals("mail refuse", text(rules.classify(Step.DOT, 550, List.of(), hostile))));
  }

  @Test
  void every_code_at_every_step_has_a_meaning() {
    for (Step step : Step.values()) {
      for (int code = 400; code < 600; code++) {
        ReplyMeaning meaning = RULES.classify(step, code, List.of(), "");
        assertTrue(code < 500 || meaning.reaction() != Reaction.THROTTLE, step + " " + code);
      }
    }
  }

  @Test
  void rules_of_an_operator_are_asked_first() {
    List<String> own =
        List.of("# ours", "", "dot 550 * route throttle:15m /our own words/ as agreed");
    ReplyRules rules = RULES.after("own.txt", own);
    assertEquals(
        new ReplyMeaning(
            Scope.ROUTE,
            Reaction.THROTTLE,
            java.util.Optional.of(Duration.ofMinutes(15)),
            "as agreed"),
        rules.classify(Step.DOT, 550, List.of("5.7.1"), "550 5.7.1 Our  own words"));
    assertEquals(
        "mail refuse", text(rules.classify(Step.DOT, 550, List.of("5.7.1"), "550 other words")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dot 550 * route                       | expected "steps codes enhanced scope reaction[:delay] /words/ why"
          dott 550 * route throttle /x/         | "dott" is not a step; known are connect, auth, mail, rcpt, data, dot
          dot 55 * route throttle /x/           | "55" is no code
          dot 350 * route throttle /x/          | "350" is no code
          dot 550 5.7 route throttle /x/        | "5.7" is no enhanced code
          dot 550 * world throttle /x/          | "world" is not a scope; known are route, sender, domain, address, mail
          dot 550 * route slower /x/            | "slower" is not a reaction; known are reconnect, throttle, route-down, retry, split, refuse, refuse-and-suppress
          dot 550 * route throttle:5 /x/        | "5" is not a delay such as 30s, 5m or 2h
          'dot 450 * mail retry /for (?<count>.*) (?<unit>sec|min|hour)/' | 'a time is read by (?<count>\\d{1,4}) and then (?<unit>sec|min|hour)'
          'dot 450 * mail retry /for (?<count>\\d{1,9}) (?<unit>sec|min|hour)/' | 'a time is read by (?<count>\\d{1,4}) and then (?<unit>sec|min|hour)'
          'dot 450 * mail retry /for (?<count>\\d{1,4})/' | 'a time is read by (?<count>\\d{1,4}) and then (?<unit>sec|min|hour)'
          dot 254 * mail retry /x/              | "254" is no code
          dot 550 * route throttle /(/          | "(" is not a regular expression: Unclosed group
          """)
  void a_wrong_rule_is_named_with_file_and_line(String line, String message) {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class, () -> RULES.after("own.txt", List.of("# ours", line)));
    assertEquals("own.txt, line 2: " + message, wrong.getMessage());
  }

  private static String enhanced(int code, String text) {
    return EnhancedCode.find(code, text).map(Object::toString).orElse("");
  }

  private static List<String> codes(String enhanced) {
    return enhanced.isEmpty() ? List.of() : List.of(enhanced);
  }

  private static Step step(String word) {
    return Step.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static String text(ReplyMeaning meaning) {
    String delay =
        meaning
            .delay()
            .map(time -> ":" + time.toString().substring(2).toLowerCase(Locale.ROOT))
            .orElse("");
    return meaning.scope().name().toLowerCase(Locale.ROOT)
        + " "
        + meaning.reaction().word()
        + delay;
  }
}
