package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Receipt.Fate;
import dev.postrider.queue.Entry;
import dev.postrider.support.redis.RedisFixture;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two workers on one real Redis, each with a clock of its own and a server that is slow to say 354.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FencingTest {

  private static final String READY = "mail:{q}:ready";
  private static final String HOLD = ",\"on_unknown\":\"hold\"";

  @RegisterExtension static final RedisFixture redis = new RedisFixture();

  private final LeaseHolder a = new LeaseHolder(redis, "a");
  private final LeaseHolder b = new LeaseHolder(redis, "b");

  @BeforeEach
  void createGroup() {
    redis.command("XGROUP", "CREATE", READY, "postrider", "0", "MKSTREAM");
    a.renew();
    b.renew();
  }

  @Test
  void sends_no_dot_for_mail_that_another_took_over_during_a_sleep() {
    SlowAttempt asleep = sleepWhileAnotherSends();
    assertFalse(asleep.goAhead(), "before any timer has run");
    assertEquals("deferred", asleep.end(Fate.NOT_SENT));
    assertEquals(0, redis.number("XLEN", READY));
    assertEquals(0, redis.number("ZCARD", "mail:{q}:schedule"));
  }

  /** The attempt of the one that slept. */
  private SlowAttempt sleepWhileAnotherSends() {
    add("");
    SlowAttempt asleep = a.start(a.readNew());
    a.sleep();
    SlowAttempt other = b.start(b.takeOver("a"));
    assertTrue(other.goAhead());
    other.end(Fate.ACCEPTED);
    return asleep;
  }

  @Test
  void sends_no_dot_even_after_the_lease_was_renewed() {
    SlowAttempt asleep = sleepWhileAnotherSends();
    a.renew();
    assertTrue(a.holdsLease());
    assertFalse(asleep.goAhead());
  }

  @Test
  void sends_no_dot_if_redis_had_forgotten_the_lease_although_no_clock_shows_it() {
    add("");
    SlowAttempt before = a.start(a.readNew());
    redis.command("DEL", "mail:{q}:worker:a");
    a.renew();
    assertFalse(before.goAhead());
    before.end(Fate.NOT_SENT);
    assertEquals(1, redis.number("ZCARD", "mail:{q}:schedule"), "it was still its own: given back");
  }

  @Test
  void sends_what_it_has_after_a_renewal_that_came_in_time() {
    add("");
    SlowAttempt attempt = a.start(a.readNew());
    a.advance(LeaseHolder.LEASE.minusNanos(1));
    assertFalse(attempt.mayEnd(), "without certainty");
    a.renew();
    assertTrue(attempt.goAhead());
    attempt.end(Fate.ACCEPTED);
    assertEquals(0, redis.number("XLEN", READY));
  }

  @Test
  void fences_what_was_asked_for_before_the_gap_and_came_after_it() {
    add("");
    Uni<List<Entry>> asked = a.askForNew();
    a.sleep();
    a.renew();
    Entry late = redis.await(() -> asked).get(0);
    assertFalse(a.start(late).goAhead());
    add("");
    assertTrue(a.start(a.readNew()).goAhead());
  }

  @Test
  void never_sends_held_mail_twice_if_it_comes_back_from_one_that_may_have_sent_it() {
    String entry = add(HOLD);
    SlowAttempt asleep = a.start(a.readNew());
    a.sleep();
    SlowAttempt other = b.start(b.takeOver("a"));
    assertTrue(other.goAhead(), "its dot leaves, and it dies");
    a.renew();
    Entry back = a.takeOver("b");
    assertFalse(asleep.goAhead());
    asleep.end(Fate.NOT_SENT);
    assertEquals(entry, pending(), "what the old attempt ended with is not written");
    assertEquals("held", a.start(back).outcome());
    assertEquals(1, redis.number("XLEN", "mail:{q}:held"));
    assertEquals(0, redis.number("XLEN", READY));
  }

  @Test
  void records_an_intent_for_the_owner_alone_whatever_its_clock_says() {
    add(HOLD);
    SlowAttempt cutOff = a.start(a.readNew());
    SlowAttempt other = b.start(b.takeOver("a"));
    assertFalse(cutOff.goAhead(), "another is the owner");
    assertTrue(other.goAhead());
    a.takeOver("b");
    a.renew();
    assertFalse(a.start(a.read(cutOff.entry())).goAhead(), "another may have sent it");
  }

  @Test
  void records_no_intent_without_a_lease_in_redis() {
    add(HOLD);
    SlowAttempt attempt = a.start(a.readNew());
    redis.command("DEL", "mail:{q}:worker:a");
    assertFalse(attempt.goAhead());
  }

  @Test
  void settles_what_it_knows_after_redis_was_away_for_longer_than_the_lease() {
    add("");
    SlowAttempt attempt = a.start(a.readNew());
    assertTrue(attempt.goAhead());
    a.advance(Duration.ofHours(1));
    a.renew();
    attempt.end(Fate.UNKNOWN);
    assertEquals(1, redis.number("ZCARD", "mail:{q}:schedule"));
    assertEquals(0, redis.number("XLEN", READY));
  }

  @Test
  void sends_no_dot_after_the_drain_and_waits_for_replies_that_are_due() {
    add("");
    add("");
    SlowAttempt before = a.start(a.readNew());
    SlowAttempt after = a.start(a.readNew());
    assertTrue(before.goAhead());
    AtomicBoolean settled = new AtomicBoolean();
    a.sendNoMoreDots(() -> settled.set(true));
    assertFalse(after.goAhead());
    a.renew();
    assertFalse(after.goAhead(), "the lease goes on, the mail does not");
    assertFalse(settled.get());
    assertEquals("sent", before.end(Fate.ACCEPTED));
    assertTrue(settled.get());
  }

  private static String add(String more) {
    byte[] mail = TestMails.entry("q", "1-1", more).mail().orElseThrow();
    return redis.command("XADD", READY, "*", "mail", mail).toString();
  }

  private static String pending() {
    List<?> all = (List<?>) redis.command("XPENDING", READY, "postrider", "-", "+", 10);
    return ((List<?>) all.get(0)).get(0).toString();
  }
}
