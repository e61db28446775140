package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Refused;
import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.Command;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins at servers that offer more than they take, and at those that read AUTH their own way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoginFallbackTest {

  private static final TrustSettings IN_CLEAR =
      new TrustSettings(false, true, UnaryOperator.identity());
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final AtomicLong clock = new AtomicLong();
  private final List<String> commands = new CopyOnWriteArrayList<>();

  /** 511 and 515 bytes with CRLF, then a token as Microsoft and Google issue them. */
  @ParameterizedTest
  @CsvSource({"349, true", "350, false", "1500, false"})
  void a_response_that_does_not_fit_the_command_line_is_sent_after_the_334(
      int length, boolean atOnce) {
    String token = "t".repeat(length);
    try (Sink sink = sink(token);
        Sender sender = sender(sink, Credentials.token("ana", token), "XOAUTH2")) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(atOnce, commands.get(0).startsWith("XOAUTH2 "), commands.toString());
      assertEquals(atOnce ? 1 : 2, commands.size());
    }
  }

  @Test
  void a_long_token_that_is_not_accepted_is_reported_so() {
    try (Sink sink = sink("right");
        Sender sender = sender(sink, Credentials.token("ana", "t".repeat(1_500)), "XOAUTH2")) {
      assertEquals(535, sender.send(Refused.class, "ana@x.test").reply().code());
      assertEquals("", commands.get(2)); // the answer to the error in JSON
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 5.5.2 Line too long", "501 5.5.4 No initial response"})
  void a_server_that_takes_no_initial_response_gets_it_after_the_334(String refusal) {
    try (Sink sink =
            sink(
                "secret",
                (command, usual) ->
                    command.argument().startsWith("PLAIN ") ? Answer.say(refusal) : usual);
        Sender sender = sender(sink, Credentials.password("ana", "secret"))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(3, commands.size(), commands.toString());
      assertEquals("PLAIN", commands.get(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"334 Username:", "334 ", "334", "334 UGFzc3dvcmQ6", "334 !!!"})
  void prompts_of_login_are_not_read(String prompt) {
    try (Sink sink =
            sink("secret", (command, usual) -> usual.code() == 334 ? Answer.say(prompt) : usual);
        Sender sender = sender(sink, Credentials.password("ana", "secret"), "LOGIN")) {
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "504 5.5.4 Unrecognized authentication type",
        "534 5.7.9 Too weak",
        "535 5.7.8 Wrong",
        "535 No",
        "501 5.5.4 Invalid",
        "550 5.7.4 Not enabled",
        "503 5.5.1 Bad sequence"
      })
  void a_refused_mechanism_is_followed_by_the_next_one_and_remembered(String refusal) {
    try (Sink sink = refusingPlain(Answer.say(refusal));
        Sender sender = sender(sink, Credentials.password("ana", "secret"))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sink.counters().connections());
      assertEquals(List.of("AUTH PLAIN"), sender.told());
      commands.clear();
      newConnection(sender);
      assertTrue(commands.get(0).startsWith("LOGIN"), commands.toString());
      clock.set(Workarounds.KEPT.toMillis());
      commands.clear();
      newConnection(sender);
      assertTrue(commands.get(0).startsWith("PLAIN"), commands.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"504 5.5.4 Unrecognized authentication type", "535 5.7.8 Wrong"})
  void the_next_mechanism_gets_a_new_connection_if_the_server_closes(String refusal) {
    try (Sink sink = refusingPlain(Answer.sayAndClose(refusal));
        Sender sender = sender(sink, Credentials.password("ana", "secret"))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(2, sink.counters().connections());
      assertEquals(List.of("AUTH PLAIN"), sender.told());
    }
  }

  /** Servers lock accounts: two tries at first, one for each connection after that. */
  @Test
  void a_wrong_password_is_reported_as_such_and_tried_seldom() {
    try (Sink sink = sink("right");
        Sender sender = sender(sink, Credentials.password("ana", "wrong"))) {
      Refused refused = sender.send(Refused.class, "ana@x.test");
      assertEquals(535, refused.reply().code());
      assertEquals(List.of("PLAIN", "LOGIN"), mechanisms());
      assertTrue(sender.send(NotSent.class, "ana@x.test").needsOperator());
      commands.clear();
      clock.addAndGet(10 * PAUSE.toMillis());
      assertEquals(535, sender.send(Refused.class, "ana@x.test").reply().code());
      assertEquals(List.of("PLAIN"), mechanisms());
      assertEquals(List.of(), sender.told());
    }
  }

  @Test
  void a_wrong_password_is_not_tried_on_many_connections_at_once() {
    try (Sink sink = sink("right");
        Sender sender = sender(sink, "wrong", 10)) {
      List<Future<SendResult>> offers =
          IntStream.range(0, 20).mapToObj(i -> sender.offer("ana@x.test")).toList();
      offers.forEach(Sender::join);
      assertEquals(1, sink.counters().connections());
      assertEquals(List.of("PLAIN", "LOGIN"), mechanisms());
    }
  }

  private Sender sender(Sink sink, String password, int connections) {
    return Sender.to(
        server(sink, Credentials.password("ana", password))
            .withLimits(TestServer.backoff(PoolLimits.of(connections), PAUSE, PAUSE)),
        clock::get);
  }

  @Test
  void with_the_right_password_the_other_connections_follow() {
    try (Sink sink = sink("right");
        Sender sender = sender(sink, "right", 3)) {
      List<Future<SendResult>> offers =
          IntStream.range(0, 6).mapToObj(i -> sender.offer("slow-dot-300ms@x.test")).toList();
      offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
      assertEquals(3, sink.counters().connections());
    }
  }

  @Test
  void the_wrong_password_is_reported_and_not_the_mechanism_refused_before() {
    try (Sink sink =
            sink(
                "right",
                (command, usual) ->
                    command.argument().startsWith("PLAIN") ? Answer.say("504 5.5.4 No") : usual);
        Sender sender = sender(sink, Credentials.password("ana", "wrong"))) {
      assertEquals(535, sender.send(Refused.class, "ana@x.test").reply().code());
    }
  }

  @Test
  void where_every_mechanism_is_refused_an_operator_has_to_act() {
    try (Sink sink = sink("right", (command, usual) -> Answer.say("504 5.5.4 No"));
        Sender sender = sender(sink, Credentials.password("ana", "right"))) {
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertTrue(notSent.needsOperator());
      assertTrue(notSent.cause().contains("change auth-methods"), notSent.cause());
      assertEquals(List.of("PLAIN", "LOGIN", "CRAM-MD5"), mechanisms());
    }
  }

  /** What the server says to each line of AUTH. */
  private interface Script {
    Answer answer(Command command, Answer usual);
  }

  private Sink refusingPlain(Answer refusal) {
    return sink(
        "secret", (command, usual) -> command.argument().startsWith("PLAIN") ? refusal : usual);
  }

  private Sink sink(String secret) {
    return sink(
        secret,
        (command, usual) ->
            command.argument().contains(" ") && command.argument().length() + 7 > 512
                ? Answer.say("500 5.5.2 Line too long")
                : usual);
  }

  private Sink sink(String secret, Script script) {
    return Sink.start(
        new SinkOptions()
            .server(server -> server.account("ana", secret).authRequired())
            .script(
                (command, dialogue, usual) -> {
                  if (command.verb() != Verb.AUTH) {
                    return usual;
                  }
                  commands.add(command.argument());
                  return script.answer(command, usual);
                }));
  }

  /** The names of the mechanisms tried, in order. */
  private List<String> mechanisms() {
    List<String> names = new ArrayList<>();
    for (String command : commands) {
      String word = command.split(" ")[0];
      if (List.of("PLAIN", "LOGIN", "CRAM-MD5").contains(word)) {
        names.add(word);
      }
    }
    return names;
  }

  /** The only connection has become too old. */
  private void newConnection(Sender sender) {
    clock.addAndGet(Duration.ofMinutes(10).toMillis());
    sender.send(Accepted.class, "ana@x.test");
    clock.addAndGet(1);
    sender.send(Accepted.class, "ana@x.test");
  }

  private Sender sender(Sink sink, Credentials credentials, String... mechanisms) {
    TestServer server = server(sink, credentials).withExtensions(TestServer.mechanisms(mechanisms));
    return Sender.to(server, clock::get);
  }

  private static TestServer server(Sink sink, Credentials credentials) {
    return Sender.server(sink)
        .withTls(Tls.NONE, IN_CLEAR)
        .withLogin(CredentialsSource.fixed(credentials))
        .withLimits(TestServer.backoff(PoolLimits.of(1), PAUSE, PAUSE));
  }
}
