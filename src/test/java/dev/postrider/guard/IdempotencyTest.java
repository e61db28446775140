package dev.postrider.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.mail.Reason;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import dev.postrider.queue.enqueue.EnqueueResult.Answer;
import dev.postrider.queue.enqueue.Enqueuer;
import dev.postrider.support.redis.RedisFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mails with one idempotency key, by the times at which they were accepted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdempotencyTest {

  private static final Verdict SEND = new Verdict.Send();
  private static final Verdict DUPLICATE = new Verdict.Skip(Reason.DUPLICATE);
  private static final Duration KEEP = Duration.ofSeconds(2);
  private static final String SEEN = "mail:{q}:seen:k";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Guards guards = new Guards(redis.link(), "mail", KEEP);
  private long start;

  @BeforeEach
  void readClock() {
    start = Long.parseLong((String) ((List<?>) redis.command("TIME")).get(0)) * 1_000 - 60_000;
  }

  @ParameterizedTest
  @CsvSource({
    "-2001, false",
    "-2000, false",
    "-1999, true",
    "-1, true",
    "0, true",
    "1, true",
    "1999, true",
    "2000, false",
    "2001, false",
    "86000, false"
  })
  void compares_the_times_of_acceptance_whichever_is_read_first(long later, boolean duplicate) {
    assertEquals(SEND, check(accepted(0)));
    assertEquals(duplicate ? DUPLICATE : SEND, check(accepted(later, "other")));
    assertEquals(SEND, check(accepted(0)), "after a crash it is read again");
    assertEquals(duplicate ? DUPLICATE : SEND, check(accepted(later, "other")), "so is the other");
  }

  @Test
  void guards_the_key_of_a_later_mail_though_an_earlier_one_is_read_again() {
    assertEquals(SEND, check(accepted(0)));
    assertEquals(SEND, check(accepted(4_000)));
    assertEquals(SEND, check(accepted(0)));
    assertEquals(DUPLICATE, check(accepted(5_999)));
    assertEquals(SEND, check(accepted(6_000)));
  }

  @Test
  void checks_a_whole_batch_in_order() {
    List<Verdict> verdicts =
        redis.await(
            () ->
                guards.check(
                    "q",
                    List.of(
                        accepted(0), accepted(1), accepted(2_000), accepted(3_999), accepted(0))));
    assertEquals(List.of(SEND, DUPLICATE, SEND, DUPLICATE, SEND), verdicts);
  }

  @Test
  void remembers_a_key_longer_than_it_counts_because_mail_may_be_read_late() {
    check(accepted(0));
    long expected = KEEP.plusMinutes(5).toMillis();
    assertEquals(expected, redis.number("PTTL", SEEN), 10_000);
  }

  /** Its own key and no time: the id of the entry is in nanoseconds, or in seconds. */
  @ParameterizedTest
  @CsvSource({
    "1700000000000000000-0, 1700000009000000000-0",
    "1700000000-0, 1700000009-0",
    "1700000000-0, 1700000000000-0",
    "18446744073709551615-0, 18446744073709551615-1",
    "0-1, 9999-1"
  })
  void counts_from_reading_if_the_entries_have_no_time(String first, String second) {
    assertEquals(SEND, check(keyed(first, first)));
    assertEquals(DUPLICATE, check(keyed(second, second)));
    assertEquals(KEEP.toMillis(), redis.number("PTTL", SEEN), 1_900);
  }

  @Test
  void takes_no_key_over_while_the_queue_is_paused() {
    check(accepted(0));
    Object before = redis.command("GET", SEEN);
    redis.command("SET", "mail:{q}:paused", "why");
    assertEquals(new Verdict.Paused(), check(accepted(4_000)));
    assertEquals(before, redis.command("GET", SEEN));
  }

  @Test
  void gives_the_earlier_mail_to_an_http_request_within_the_time_and_accepts_it_after() {
    EnqueueResult first = enqueue("first");
    assertEquals(new EnqueueResult(Answer.ACCEPTED, "first"), first);
    assertEquals(new EnqueueResult(Answer.DUPLICATE, "first"), enqueue("second"));
    redis.command("SET", SEEN, (start + 60_000 - KEEP.toMillis()) + "-0 first");
    assertEquals(new EnqueueResult(Answer.ACCEPTED, "third"), enqueue("third"));
    assertEquals(new EnqueueResult(Answer.DUPLICATE, "third"), enqueue("fourth"));
  }

  private static EnqueueResult enqueue(String id) {
    Enqueuer enqueuer = new Enqueuer(redis.link(), "mail", new Enqueuer.Bounds(0, KEEP, 100));
    EnqueueRequest mail =
        new EnqueueRequest(
            new byte[] {'{', '}'}, Optional.of(id), Optional.of("k"), Optional.empty());
    return redis.await(() -> enqueuer.enqueue("q", List.of(mail))).get(0);
  }

  private Verdict check(GuardedMail mail) {
    return redis.await(() -> guards.check("q", List.of(mail))).get(0);
  }

  private GuardedMail accepted(long after) {
    return accepted(after, "mail");
  }

  private GuardedMail accepted(long after, String mailId) {
    return keyed((start + after) + "-0", mailId);
  }

  private static GuardedMail keyed(String origin, String mailId) {
    return new GuardedMail(
        mailId, origin, GuardsTest.terms(Map.of(), null, null), Optional.of("k"), false);
  }
}
