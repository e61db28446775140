package dev.postrider.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.Mail.Terms;
import dev.postrider.mail.Reason;
import dev.postrider.support.Snapshot;
import dev.postrider.support.redis.RedisFixture;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GuardsTest {

  private static final Verdict GO = new Verdict.Send();

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final Guards guards = new Guards(redis.link(), "mail", Duration.ofHours(24));

  @Test
  void lets_a_mail_without_terms_go_and_writes_nothing() {
    assertEquals(List.of(GO), check(plain("1-1")));
    assertEquals(Map.of(), Snapshot.of(redis.client()));
  }

  @Test
  void answers_an_empty_batch() {
    assertEquals(List.of(), check());
  }

  @Test
  void gives_an_idempotency_key_to_the_first_and_skips_all_others() {
    GuardedMail first = keyed("1-1", "k");
    GuardedMail second = keyed("2-1", "k");
    assertEquals(List.of(GO, new Verdict.Skip(Reason.DUPLICATE)), check(first, second));
    assertEquals(List.of(GO), check(first), "a mail is no duplicate of itself");
    assertEquals("1-1 1-1", redis.command("GET", "mail:{q}:seen:k"));
  }

  @Test
  void takes_no_key_while_the_queue_is_paused() {
    redis.command("SET", "mail:{q}:paused", "why");
    assertEquals(List.of(new Verdict.Paused()), check(keyed("1-1", "k")));
    assertEquals(0, redis.number("EXISTS", "mail:{q}:seen:k"));
  }

  @Test
  void takes_a_key_although_redis_is_full() {
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    redis.command("CONFIG", "SET", "maxmemory", "1");
    assertEquals(List.of(GO), check(keyed("1-1", "k")));
    assertEquals(1, redis.number("EXISTS", "mail:{q}:seen:k"));
  }

  @Test
  void takes_a_key_of_another_type_for_one_of_another_program() {
    redis.command("HSET", "mail:{q}:seen:k", "a", "b");
    assertEquals(List.of(new Verdict.Skip(Reason.DUPLICATE)), check(keyed("1-1", "k")));
  }

  @Test
  void voids_what_waits_for_a_topic_and_lets_the_new_version_go() {
    GuardedMail old = onlyIf("1-1", Map.of("offer:1", 0L));
    GuardedMail fresh = onlyIf("2-1", Map.of("offer:1", 1L, "offer:2", 0L));
    assertEquals(GO, check(old).get(0));
    assertEquals(1L, redis.await(() -> guards.bump("offer:1")));
    assertEquals(List.of(new Verdict.Skip(Reason.SUPERSEDED), GO), check(old, fresh));
    assertEquals(1L, redis.await(() -> guards.version("offer:1")));
    assertEquals(0L, redis.await(() -> guards.version("offer:2")));
  }

  @Test
  void cancels_a_single_mail_until_its_topic_is_forgotten() {
    redis.await(() -> guards.cancel("1-1"));
    assertEquals(new Verdict.Skip(Reason.CANCELLED), check(plain("1-1")).get(0));
    assertEquals(GO, check(plain("1-2")).get(0));
    redis.await(() -> guards.deleteTopicsOf(List.of("1-1", "1-2")));
    assertEquals(GO, check(plain("1-1")).get(0));
    assertEquals(0, redis.number("HLEN", "mail:guards"));
  }

  @Test
  void keeps_a_topic_that_was_raised_for_a_later_mail_of_the_same_id() {
    redis.await(() -> guards.cancel("1-1"));
    check(plain("1-1"));
    redis.await(() -> guards.cancel("1-1"));
    redis.await(() -> guards.deleteTopicsOf(List.of("1-1")));
    assertEquals("2", redis.command("HGET", "mail:guards", "mail/1-1"));
    assertEquals(new Verdict.Skip(Reason.CANCELLED), check(plain("1-1")).get(0));
    redis.await(() -> guards.deleteTopicsOf(List.of("1-1")));
    assertEquals(0, redis.number("EXISTS", "mail:guards"));
  }

  @Test
  void keeps_the_topic_of_a_mail_that_was_sent_before_it_was_cancelled() {
    check(plain("1-1"));
    redis.await(() -> guards.cancel("1-1"));
    redis.await(() -> guards.deleteTopicsOf(List.of("1-1")));
    assertEquals("1", redis.command("HGET", "mail:guards", "mail/1-1"));
  }

  @Test
  void checks_time_by_the_clock_of_redis() {
    Instant past = Instant.now().minusSeconds(60);
    Instant future = Instant.now().plusSeconds(60);
    assertEquals(new Verdict.Skip(Reason.EXPIRED), check(timed(null, past, false)).get(0));
    assertEquals(GO, check(timed(past, future, false)).get(0));
    assertEquals(
        future,
        assertInstanceOf(Verdict.NotYet.class, check(timed(future, null, false)).get(0)).due());
    assertEquals(GO, check(timed(future, null, true)).get(0), "its time has come already");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events",
        "history:new",
        "history:old",
        "totals",
        "dead",
        "held",
        "schedule",
        "parked"
      })
  void fails_before_anything_is_sent_if_the_queue_could_not_be_settled(String name) {
    redis.command("SET", "mail:{q}:" + name, "something else");
    ErrorType failure = assertThrows(ErrorType.class, () -> check(plain("1-1")));
    assertEquals(true, failure.getMessage().startsWith("WRONGTYPE"), failure.getMessage());
  }

  private List<Verdict> check(GuardedMail... guardedMails) {
    return redis.await(() -> guards.check("q", List.of(guardedMails)));
  }

  private static GuardedMail plain(String id) {
    return new GuardedMail(id, id, terms(Map.of(), null, null), Optional.empty(), false);
  }

  private static GuardedMail keyed(String id, String key) {
    return new GuardedMail(id, id, terms(Map.of(), null, null), Optional.of(key), false);
  }

  private static GuardedMail onlyIf(String id, Map<String, Long> topics) {
    return new GuardedMail(id, id, terms(topics, null, null), Optional.empty(), false);
  }

  private static GuardedMail timed(Instant scheduledAt, Instant expiresAt, boolean waited) {
    return new GuardedMail(
        "t", "1-1", terms(Map.of(), scheduledAt, expiresAt), Optional.empty(), waited);
  }

  static Terms terms(Map<String, Long> onlyIf, Instant scheduledAt, Instant expiresAt) {
    return new Terms(
        Optional.empty(),
        Optional.ofNullable(scheduledAt),
        Optional.ofNullable(expiresAt),
        onlyIf,
        OnUnknown.RESEND,
        Optional.empty());
  }
}
