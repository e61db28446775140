package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private final OutcomeDecider outcomeDecider =
      new OutcomeDecider(
          new RetryPolicy(
              new RetrySettings(
                  3,
                  new Backoff(Duration.ofSeconds(30), Duration.ofHours(4)),
                  new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5)),
                  new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10)))),
          () -> 0.5);

  /**
   * Each letter is an answer: a accepted, r refused for good, t for now, c connection, q throttled,
   * l locked out, s too many recipients, u unknown.
   */
  @ParameterizedTest
  @CsvSource({
    "a,    sent,",
    "r,    dead,     refused",
    "t,    deferred, transient",
    "c,    deferred, connection",
    "q,    deferred, throttled",
    "l,    deferred, route-down",
    "s,    deferred, transient",
    "u,    deferred, connection",
    "aa,   sent,",
    "ar,   sent,",
    "rr,   dead,     refused",
    "at,   deferred, transient",
    "rt,   deferred, transient",
    "art,  deferred, transient",
    "as,   deferred, transient",
    "ss,   deferred, transient",
    "ru,   deferred, connection",
    "au,   deferred, connection",
    "tu,   deferred, connection",
    "tq,   deferred, transient",
    "cq,   deferred, throttled",
    "ac,   deferred, connection"
  })
  void decides_for_several_recipients_together(String answers, String word, String reason) {
    Outcome outcome = outcomeDecider.decide(receipt(answers), FRESH);
    assertEquals(word, outcome.word());
    assertEquals(Optional.ofNullable(reason), outcome.reasonIfAny().map(Reason::word));
  }

  @ParameterizedTest
  @CsvSource({
    "t, true", "u, true", "rt, true", "ss, true",
    "as, false", "c, false", "q, false", "l, false"
  })
  void counts_only_what_is_the_mails_own(String answers, boolean counted) {
    Outcome outcome = outcomeDecider.decide(receipt(answers), FRESH);
    assertEquals(counted, assertInstanceOf(Outcome.Deferred.class, outcome).counted());
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
      case 'r' -> new Answer(place, Fate.REFUSED, "envelope", reply(550, "5.1.1", "No"), "");
      case 't' -> new Answer(place, Fate.REFUSED, "envelope", reply(450, "4.2.1", "Busy"), "");
      case 'q' -> new Answer(place, Fate.REFUSED, "dot", reply(454, "4.7.0", "Sending rate"), "");
      case 'l' ->
          new Answer(place, Fate.REFUSED, "authenticating", reply(535, "5.7.8", "Wrong"), "");
      case 's' -> new Answer(place, Fate.REFUSED, "envelope", reply(452, "4.5.3", "Many"), "");
      case 'u' -> new Answer(place, Fate.UNKNOWN, "dot", Optional.empty(), "closed");
      case 'c' -> new Answer(place, Fate.NOT_SENT, "connecting", Optional.empty(), "refused");
      default -> throw new IllegalArgumentException("no answer: " + letter);
    };
  }

  private static Optional<ServerReply> reply(int code, String enhanced, String text) {
    return Optional.of(new ServerReply(code, Optional.of(enhanced), text));
  }
}
