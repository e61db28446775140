package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.Command;
import dev.postrider.support.smtpserver.Verb;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a server's reply, or its silence, to the end of the mail and its events. */
@QuarkusTest
@TestProfile(FastWorkerProfile.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RepliesTest {

  private static final String ROUTE = "\"route\":\"scripted\"";
  private static final String NOT_YOU =
      "550 5.7.60 SMTP; Client does not have permissions to send as this sender";

  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private RedisProcess redis;
  private ScriptedServer server;
  private TestProducer testProducer;

  @BeforeEach
  void open() {
    testProducer = new TestProducer(redis);
    asked.clear();
  }

  @AfterEach
  void close() {
    server.answers(AnswerScript.ACCEPT_ALL);
    testProducer.close();
  }

  @Test
  void every_line_of_a_reply_counts_and_is_told() {
    at(
        Verb.RCPT,
        "relay@replies.test",
        Answer.say(
            "550-5.7.1 <relay@replies.test>: Relay access denied\r\n"
                + "550 5.7.1 see https://example.test/help"));
    String id = send("relay@replies.test");
    Map<String, String> dead = testProducer.end(id);
    assertExhausted(dead);
    assertEquals("5.7.1", dead.get("enhanced"));
    assertEquals("<…>: Relay access denied see https://example.test/help", dead.get("reply"));
    assertEquals(
        "550 5.7.1 <…>: Relay access denied see https://example.test/help", dead(id).get("reply"));
  }

  /** One login may not send for one author: that author's mail ends, the others' is sent. */
  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DOT"})
  void a_refusal_of_one_author_ends_that_mail_only(String verb) {
    String author = "not-" + verb.toLowerCase(Locale.ROOT) + "@acme.test";
    at(Verb.valueOf(verb), author, Answer.say(NOT_YOU));
    String refused = send("author@replies.test", "\"envelope_sender\":\"" + author + "\"");
    String other = send("author@replies.test");
    assertEquals("sent", testProducer.end(other).get("type"));
    assertExhausted(testProducer.end(refused));
    assertEquals("transient", testProducer.events(refused).get(0).get("reason"));
  }

  /** The server says nothing, wherever it is within the mail. */
  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "BODY"})
  void a_server_that_always_hangs_up_on_one_mail_uses_its_attempts(String verb) {
    String address = "silent-" + verb.toLowerCase(Locale.ROOT) + "@replies.test";
    at(Verb.valueOf(verb), address, Answer.drop());
    String lost = send(address, "\"envelope_sender\":\"" + address + "\"");
    String other = send("loud@replies.test");
    assertEquals("sent", testProducer.end(other).get("type"));
    assertExhausted(testProducer.end(lost));
    assertEquals(
        List.of("connection", "connection", "connection"),
        deferred(lost).stream().map(event -> event.get("reason")).toList());
  }

  /** Without progress "too many" is an ordinary refusal for now. */
  @ParameterizedTest
  @ValueSource(strings = {"421 4.3.2 Closing", "452 4.5.3 Too many recipients"})
  void what_a_server_always_says_to_one_address_uses_the_attempts(String reply) {
    at(Verb.RCPT, "always@replies.test", Answer.sayAndClose(reply));
    assertExhausted(testProducer.end(send("always@replies.test")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-rcpt", "rst-rcpt", "421-rcpt", "drop-in-data"})
  void the_same_with_every_extension(String behaviour) {
    assertExhausted(testProducer.end(testProducer.send(behaviour + "@replies.test")));
  }

  @ParameterizedTest
  @CsvSource({
    "452 #4.5.3 Too many recipients., 100",
    "452 4.5.3 Too many recipients, 12",
    "452 no more, 12",
    "552 Too many recipients, 12",
    "550 5.5.3 TOO MANY RECIPIENTS, 12"
  })
  void too_many_recipients_are_sent_at_once_in_further_transactions(String reply, int recipients) {
    server.answers(
        (command, dialogue, usual) ->
            command.verb() == Verb.RCPT && dialogue.recipients().size() >= 5
                ? Answer.say(reply)
                : usual);
    String domain = "many" + Math.abs(reply.hashCode()) + ".test";
    List<String> addresses =
        IntStream.range(0, recipients).mapToObj(i -> "r" + i + "@" + domain).toList();
    String id = testProducer.add(mail(addresses));
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("1", sent.get("attempt"), "no attempt was used");
    assertEquals((recipients - 1) / 5, deferred(id).size());
    addresses.forEach(address -> assertEquals(1, server.mailsTo(address), address));
  }

  @Test
  void a_recipient_that_needs_what_the_server_lacks_is_refused_alone() {
    String bcc = "\"bcc\":[\"jürgen@replies.test\"]";
    Map<String, String> sent =
        testProducer.end(testProducer.add(mail(List.of("ascii@replies.test"), bcc)));
    assertEquals("sent", sent.get("type"));
    String refused = "{\"recipient\":1,\"outcome\":\"refused\",\"code\":553,\"enhanced\":\"5.6.7\"";
    assertTrue(sent.get("recipients").contains(refused), sent::toString);
    assertEquals(1, server.mailsTo("ascii@replies.test"));
  }

  @Test
  void who_was_refused_for_good_is_not_asked_again() {
    server.answers(
        (command, dialogue, usual) -> {
          if (command.verb() != Verb.RCPT) {
            return usual;
          }
          int times = asked.merge(path(command), 1, Integer::sum);
          return switch (path(command)) {
            case "gone@replies.test" -> Answer.say("550 5.1.1 No such user");
            case "busy@replies.test" -> times < 3 ? Answer.say("450 4.2.1 Busy") : usual;
            default -> usual;
          };
        });
    String id =
        testProducer.add(
            mail(List.of("has@replies.test", "gone@replies.test", "busy@replies.test")));
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("[0,2]", sent.get("accepted"));
    assertEquals("[{\"recipient\":1,\"code\":550}]", sent.get("refused"));
    assertEquals(
        Map.of("has@replies.test", 1, "gone@replies.test", 1, "busy@replies.test", 3), asked);
  }

  /** One recipient has it; the others must not get it any more. */
  @ParameterizedTest
  @CsvSource({"expired", "superseded", "cancelled"})
  void a_mail_that_was_sent_in_part_is_told_as_sent_with_who_has_it(String reason) {
    at(Verb.RCPT, "later@replies.test", Answer.say("450 4.7.1 Greylisted for 1 seconds"));
    String end = "\"expires_at\":\"" + Instant.now().plusMillis(900) + "\"";
    String more = reason.equals("expired") ? end : "\"only_if\":{\"offer:part\":0}";
    String mail = "part-" + reason;
    testProducer.add(
        mail(List.of("first@replies.test", "later@replies.test"), "\"id\":\"" + mail + "\"", more));
    testProducer.await(mail, "deferred");
    String topic = reason.equals("cancelled") ? "mail/" + mail : "offer:part";
    if (!reason.equals("expired")) {
      testProducer.redis().command("HINCRBY", "mail:guards", topic, "1");
    }
    Map<String, String> told = testProducer.end(mail);
    testProducer.redis().command("HDEL", "mail:guards", "offer:part");
    assertEquals("sent", told.get("type"));
    assertEquals(reason, told.get("reason"));
    assertEquals("[0]", told.get("accepted"));
    assertNull(told.get("attempt"));
  }

  /** Every wait ends at that very moment, however long the reply asks for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scripted  | DOT  | 421 4.7.28 Unusual rate of unsolicited mail | throttled
          scripted  | RCPT | 450 4.7.1 Greylisted for 60 seconds         | transient
          throttled | DOT  | 550 5.4.5 Daily user sending limit exceeded | throttled
          """)
  void a_wait_ends_when_the_mail_expires(String route, Verb verb, String reply, String reason) {
    String author = "wait-" + Math.abs(reply.hashCode()) + "@acme.test";
    at(verb, author, Answer.say(reply));
    long end = System.currentTimeMillis() + 700;
    String id =
        testProducer.send(
            "wait@replies.test",
            "\"route\":\"" + route + "\"",
            "\"envelope_sender\":\"" + author + "\"",
            "\"expires_at\":\"" + Instant.ofEpochMilli(end) + "\"");
    Map<String, String> skipped = testProducer.end(id);
    assertEquals("skipped", skipped.get("type"));
    assertEquals("expired", skipped.get("reason"));
    assertTrue(Long.parseLong(skipped.get("at")) >= end, skipped::toString);
    List<Map<String, String>> waits = deferred(id);
    assertEquals(reason, waits.get(0).get("reason"));
    assertEquals(Long.toString(end), waits.get(waits.size() - 1).get("due"));
  }

  @Test
  void a_reply_that_names_a_time_is_not_asked_again_before() {
    at(Verb.RCPT, "grey@replies.test", Answer.say("450 4.7.1 Greylisted for 60 seconds"));
    send("grey@replies.test", "\"id\":\"grey-1\"");
    Map<String, String> waits = testProducer.await("grey-1", "deferred");
    assertEquals(60_000, Long.parseLong(waits.get("due")) - Long.parseLong(waits.get("at")));
  }

  @Test
  void a_rule_of_the_operator_is_asked_first() {
    server.answers(Verb.RCPT, "lunch@replies.test", Answer.say("550 5.1.1 Closed for lunch"), 2);
    Map<String, String> sent = testProducer.end(send("lunch@replies.test"));
    assertEquals("sent", sent.get("type"));
    assertEquals("3", sent.get("attempt"));
  }

  private void at(Verb verb, String address, Answer answer) {
    server.answers(verb, address, answer, Integer.MAX_VALUE);
  }

  private static String path(Command command) {
    String argument = command.argument();
    return argument.substring(argument.indexOf('<') + 1, argument.indexOf('>'));
  }

  private String send(String to, String... members) {
    List<String> all = new ArrayList<>(List.of(members));
    all.add(ROUTE);
    return testProducer.send(to, all.toArray(String[]::new));
  }

  private static String mail(List<String> to, String... members) {
    String list = to.stream().map(one -> "\"" + one + "\"").collect(Collectors.joining(","));
    String more = members.length == 0 ? "" : "," + String.join(",", members);
    return "{\"from\":\"hi@acme.test\",\"to\":[" + list + "],\"text\":\"Hi\"," + ROUTE + more + "}";
  }

  private static void assertExhausted(Map<String, String> dead) {
    assertEquals("exhausted", dead.get("reason"));
    assertEquals("4", dead.get("attempt"), "all attempts");
  }

  private List<Map<String, String>> deferred(String id) {
    return testProducer.events(id).stream()
        .filter(event -> event.get("type").equals("deferred"))
        .toList();
  }

  private Map<String, String> dead(String id) {
    return testProducer.entries("dead").stream()
        .filter(entry -> id.equals(entry.get("id")))
        .findFirst()
        .orElseThrow();
  }
}
