package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reaction;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import dev.postrider.mail.ReplyMeaning;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.mail.Scope;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomeDeciderTest {

  private static final OutcomeDecider.AttemptsSoFar FRESH =
      new OutcomeDecider.AttemptsSoFar(0, 0, false, OnUnknown.RESEND);

  private boolean takesOthers;

  private final OutcomeDecider outcomeDecider =
      new OutcomeDecider(
          new RetryPolicy(
              new RetrySettings(
                  3,
                  new Backoff(Duration.ofSeconds(30), Duration.ofHours(4)),
                  new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                  new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10)))),
          () -> 0.5,
          route -> takesOthers);

  /**
   * Each letter is an answer: a accepted, r refused for good, t for now, c no connection, h hung up
   * within the mail, q throttled, d throttled for the domain, b a pace for the address only, l
   * locked out, p locked out for this author, s too many recipients, u unknown, k 421 to MAIL.
   */
  @ParameterizedTest
  @CsvSource({
    "a,    sent,     -,          -",
    "r,    dead,     refused,    -",
    "t,    deferred, transient,  true",
    "c,    deferred, connection, false",
    "h,    deferred, connection, true",
    "q,    deferred, throttled,  false",
    "d,    deferred, throttled,  false",
    "b,    deferred, transient,  true",
    "l,    deferred, route-down, false",
    "p,    deferred, transient,  true",
    "s,    deferred, transient,  true",
    "u,    deferred, connection, true",
    "k,    deferred, connection, false",
    "aa,   sent,     -,          -",
    "ar,   sent,     -,          -",
    "rr,   dead,     refused,    -",
    "at,   deferred, transient,  true",
    "rt,   deferred, transient,  true",
    "art,  deferred, transient,  true",
    "as,   deferred, transient,  false",
    "ass,  deferred, transient,  false",
    "ars,  deferred, transient,  false",
    "ats,  deferred, transient,  false",
    "aps,  deferred, transient,  false",
    "asq,  deferred, throttled,  false",
    "asd,  deferred, throttled,  false",
    "asl,  deferred, route-down, false",
    "ss,   deferred, transient,  true",
    "sq,   deferred, throttled,  false",
    "rs,   deferred, transient,  true",
    "ru,   deferred, connection, true",
    "au,   deferred, connection, true",
    "asu,  deferred, connection, true",
    "tu,   deferred, connection, true",
    "tq,   deferred, transient,  true",
    "pq,   deferred, transient,  true",
    "rq,   deferred, throttled,  false",
    "ql,   deferred, throttled,  false",
    "cq,   deferred, throttled,  false",
    "cl,   deferred, route-down, false",
    "ac,   deferred, connection, false"
  })
  void decides_for_several_recipients_together(
      String answers, String word, String reason, String counted) {
    Outcome outcome = outcomeDecider.decide(receipt(answers), FRESH);
    assertEquals(word, outcome.word());
    assertEquals(reason, outcome.reasonIfAny().map(Reason::word).orElse("-"));
    assertEquals(
        counted,
        outcome instanceof Outcome.Deferred deferred ? Boolean.toString(deferred.counted()) : "-");
  }

  @ParameterizedTest
  @CsvSource({
    "t, -",
    "h, mail connection",
    "c, route connection",
    "q, route throttled",
    "d, domain throttled",
    "b, address throttled",
    "l, route route-down",
    "p, sender route-down",
    "as, -",
    "u, -",
    "tq, route throttled",
    "pq, route throttled",
    "dl, route route-down"
  })
  void tells_what_the_trouble_concerns(String answers, String expected) {
    Optional<RouteTrouble> trouble =
        assertInstanceOf(Outcome.Deferred.class, outcomeDecider.decide(receipt(answers), FRESH))
            .trouble();
    assertEquals(
        expected,
        trouble
            .map(
                found ->
                    found.scope().name().toLowerCase(Locale.ROOT) + " " + found.reason().word())
            .orElse("-"));
  }

  @Test
  void tells_the_reply_and_the_delay_of_the_trouble() {
    Outcome.Deferred deferred =
        assertInstanceOf(Outcome.Deferred.class, outcomeDecider.decide(receipt("ad"), FRESH));
    assertEquals(
        Optional.of(
            new RouteTrouble(
                Scope.DOMAIN,
                Reason.THROTTLED,
                "421 4.7.28 Unusual rate",
                Optional.of(Duration.ofMinutes(30)))),
        deferred.trouble());
  }

  @ParameterizedTest
  @CsvSource({"t, 30", "q, 60", "d, 1800", "td, 1800", "rd, 1800", "b, 3600", "as, 0", "asd, 1800"})
  void waits_as_long_as_the_rule_says_at_least(String answers, int seconds) {
    assertEquals(Duration.ofSeconds(seconds), delay(answers, FRESH));
  }

  @Test
  void a_rule_never_shortens_the_wait() {
    assertEquals(Duration.ofMinutes(1), delay("q", FRESH));
    assertEquals(Duration.ofMinutes(8), delay("q", past(0, 3)));
    assertEquals(Duration.ofMinutes(30), delay("d", past(0, 3)), "longer than any other wait");
  }

  /** The bound: ten tries in a row, or as many as there are attempts, then one counts. */
  @ParameterizedTest
  @CsvSource({"k, 9, false", "k, 10, true", "k, 11, true", "c, 1000, false", "q, 1000, false"})
  void a_mail_on_which_a_server_closes_again_and_again_uses_an_attempt_now_and_then(
      String answers, int failures, boolean counted) {
    Outcome outcome = outcomeDecider.decide(receipt(answers), past(0, failures));
    assertEquals(counted, assertInstanceOf(Outcome.Deferred.class, outcome).counted());
  }

  /** Only where other mail of the route is taken it may be this mail's own trouble. */
  @ParameterizedTest
  @CsvSource({
    "q, 9, true, false",
    "q, 10, true, true",
    "q, 10, false, false",
    "l, 9, true, false",
    "l, 10, true, true",
    "l, 10, false, false",
    "c, 1000, true, false",
    "d, 1000, true, false"
  })
  void trouble_of_a_route_that_takes_other_mail_uses_an_attempt_now_and_then(
      String answers, int failures, boolean others, boolean counted) {
    takesOthers = others;
    Outcome outcome = outcomeDecider.decide(receipt(answers), past(0, failures));
    assertEquals(counted, assertInstanceOf(Outcome.Deferred.class, outcome).counted());
  }

  /** Who was refused for now has no attempts left; the other one has met no refusal at all. */
  @ParameterizedTest
  @CsvSource({
    "tq, throttled",
    "qt, throttled",
    "tl, route-down",
    "td, throttled",
    "atq, throttled",
    "tc, connection"
  })
  void who_waits_for_the_route_goes_on_without_who_has_no_attempts_left(
      String answers, String reason) {
    Outcome.Deferred deferred =
        assertInstanceOf(
            Outcome.Deferred.class, outcomeDecider.decide(receipt(answers), past(2, 0)));
    assertEquals(reason, deferred.reason().word());
    assertEquals(false, deferred.counted());
    assertEquals(Map.of(answers.indexOf('t'), 450), deferred.receipt().refusedForGood());
  }

  @ParameterizedTest
  @CsvSource({"t", "h", "b", "p", "s", "u", "ts", "hq", "tr"})
  void whatever_counts_ends_with_the_attempts(String answers) {
    assertEquals("deferred", outcomeDecider.decide(receipt(answers), past(1, 0)).word());
    Outcome last = outcomeDecider.decide(receipt(answers), past(2, 0));
    assertEquals(Optional.of(Reason.EXHAUSTED), last.reasonIfAny());
  }

  @Test
  void sends_to_the_other_recipients_at_once_if_they_were_too_many() {
    Outcome outcome = outcomeDecider.decide(receipt("as"), FRESH);
    assertEquals(Duration.ZERO, assertInstanceOf(Outcome.Deferred.class, outcome).delay());
  }

  @ParameterizedTest
  @CsvSource({"u", "au", "ru", "tu"})
  void holds_what_asks_for_it_if_any_fate_is_unknown(String answers) {
    OutcomeDecider.AttemptsSoFar holding =
        new OutcomeDecider.AttemptsSoFar(0, 0, false, OnUnknown.HOLD);
    assertEquals("held", outcomeDecider.decide(receipt(answers), holding).word());
  }

  @Test
  void gives_up_after_the_last_attempt_with_what_was_said() {
    Outcome outcome =
        outcomeDecider.decide(
            receipt("t"), new OutcomeDecider.AttemptsSoFar(2, 0, false, OnUnknown.RESEND));
    Outcome.Dead dead = assertInstanceOf(Outcome.Dead.class, outcome);
    assertEquals(Reason.EXHAUSTED, dead.reason());
    assertEquals("no success in 3 attempts", dead.detail());
    assertTrue(dead.receipt().isPresent());
  }

  @Test
  void never_gives_up_because_of_the_server_as_a_whole() {
    Outcome outcome =
        outcomeDecider.decide(
            receipt("c"), new OutcomeDecider.AttemptsSoFar(2, 1_000, false, OnUnknown.RESEND));
    assertEquals("deferred", outcome.word());
  }

  @Test
  void calls_a_mail_sent_that_some_recipient_got_earlier() {
    OutcomeDecider.AttemptsSoFar attemptsSoFar =
        new OutcomeDecider.AttemptsSoFar(1, 0, true, OnUnknown.RESEND);
    assertEquals("sent", outcomeDecider.decide(receipt("r"), attemptsSoFar).word());
  }

  @Test
  void waits_longer_with_each_attempt_and_each_setback() {
    assertEquals(Duration.ofSeconds(30), delay("t", FRESH));
    assertEquals(Duration.ofSeconds(60), delay("t", past(1, 0)));
    assertEquals(Duration.ofSeconds(5), delay("c", FRESH));
    assertEquals(Duration.ofSeconds(20), delay("c", past(0, 2)));
    assertEquals(Duration.ofMinutes(1), delay("q", FRESH));
  }

  @Test
  void defers_without_counting_whatever_the_answers_say() {
    Outcome.Deferred deferred =
        assertInstanceOf(Outcome.Deferred.class, outcomeDecider.defer(receipt("a"), FRESH));
    assertEquals(Reason.CONNECTION, deferred.reason());
    assertEquals(false, deferred.counted());
  }

  @Test
  void tells_the_answer_that_keeps_the_mail_from_being_done() {
    assertEquals(2, receipt("art").decisiveAnswer().orElseThrow().index());
    assertEquals(3, receipt("artu").decisiveAnswer().orElseThrow().index());
    assertEquals(1, receipt("arr").decisiveAnswer().orElseThrow().index());
    assertEquals(1, receipt("aqlc").decisiveAnswer().orElseThrow().index());
    assertEquals(2, receipt("acl").decisiveAnswer().orElseThrow().index());
    assertEquals(2, receipt("asp").decisiveAnswer().orElseThrow().index());
    assertEquals(Optional.empty(), receipt("aa").decisiveAnswer());
  }

  private Duration delay(String answers, OutcomeDecider.AttemptsSoFar attemptsSoFar) {
    return assertInstanceOf(
            Outcome.Deferred.class, outcomeDecider.decide(receipt(answers), attemptsSoFar))
        .delay();
  }

  private static OutcomeDecider.AttemptsSoFar past(int attempts, int setbacks) {
    return new OutcomeDecider.AttemptsSoFar(attempts, setbacks, false, OnUnknown.RESEND);
  }

  private static Receipt receipt(String letters) {
    List<Answer> answers = new ArrayList<>();
    for (int place = 0; place < letters.length(); place++) {
      answers.add(answer(place, letters.charAt(place)));
    }
    return new Receipt("default", answers);
  }

  private static Answer answer(int place, char letter) {
    return switch (letter) {
      case 'a' -> new Answer(place, Fate.ACCEPTED, "done", reply(250, "2.0.0", "Ok"), "");
      case 'u' -> new Answer(place, Fate.UNKNOWN, "dot", Optional.empty(), "closed");
      case 'c' -> lost(place, "connecting", Scope.ROUTE);
      case 'h' -> lost(place, "envelope", Scope.MAIL);
      case 'r' -> refused(place, reply(550, "5.1.1", "No"), Scope.ADDRESS, Reaction.REFUSE, 0);
      case 't' -> refused(place, reply(450, "4.2.1", "Busy"), Scope.MAIL, Reaction.RETRY, 0);
      case 'q' -> refused(place, reply(454, "4.7.0", "Rate"), Scope.ROUTE, Reaction.THROTTLE, 0);
      case 'd' ->
          refused(
              place, reply(421, "4.7.28", "Unusual rate"), Scope.DOMAIN, Reaction.THROTTLE, 1_800);
      case 'b' ->
          refused(place, reply(450, "4.2.1", "Slower"), Scope.ADDRESS, Reaction.THROTTLE, 3_600);
      case 'l' -> refused(place, reply(535, "5.7.8", "Wrong"), Scope.ROUTE, Reaction.ROUTE_DOWN, 0);
      case 'p' ->
          refused(place, reply(550, "5.7.60", "Not you"), Scope.SENDER, Reaction.ROUTE_DOWN, 0);
      case 's' -> refused(place, reply(452, "4.5.3", "Many"), Scope.MAIL, Reaction.SPLIT, 0);
      case 'k' -> refused(place, reply(421, "4.3.2", "Bye"), Scope.ROUTE, Reaction.RECONNECT, 0);
      default -> throw new IllegalArgumentException("no answer: " + letter);
    };
  }

  private static Answer lost(int place, String phase, Scope scope) {
    return new Answer(
        place,
        Fate.NOT_SENT,
        phase,
        Optional.empty(),
        "gone",
        meaning(scope, Reaction.RECONNECT, 0));
  }

  private static Answer refused(
      int place, Optional<ServerReply> reply, Scope scope, Reaction reaction, int seconds) {
    return new Answer(
        place, Fate.REFUSED, "envelope", reply, "", meaning(scope, reaction, seconds));
  }

  private static Optional<ReplyMeaning> meaning(Scope scope, Reaction reaction, int seconds) {
    Optional<Duration> delay =
        seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    return Optional.of(new ReplyMeaning(scope, reaction, delay, ""));
  }

  private static Optional<ServerReply> reply(int code, String enhanced, String text) {
    return Optional.of(new ServerReply(code, Optional.of(enhanced), text));
  }
}
