package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.OutcomeDecider;
import dev.postrider.delivery.Transport;
import dev.postrider.guard.GuardedMail;
import dev.postrider.guard.Verdict;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.queue.Entry;
import dev.postrider.queue.consumer.DeliveryCount;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** One attempt, without Redis and without a mail server. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProcessorTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final String HOLD = ",\"on_unknown\":\"hold\"";

  private final List<GuardedMail> asked = new ArrayList<>();
  private final List<Entry> intents = new ArrayList<>();
  private Uni<Verdict> verdict = Uni.createFrom().item(new Verdict.Send());
  private boolean ours = true;

  @Test
  void sends_a_mail_and_decides_by_the_receipt() {
    Outcome outcome = process(TestMails.entry("q", "1-1"), request -> receipt(Fate.ACCEPTED));
    assertInstanceOf(Outcome.Sent.class, outcome);
    assertEquals(List.of(), asked, "the guards were asked before");
  }

  @Test
  void sends_nothing_that_is_decided_already() {
    Attempt attempt =
        TestMails.attempt(TestMails.entry("q", "1-1"))
            .withOutcome(new Outcome.Skipped(Reason.CANCELLED));
    assertEquals(attempt, processor(request -> bug()).process(attempt).await().indefinitely());
  }

  @Test
  void skips_what_lost_its_sense_while_it_waited_and_asks_the_guards_once_only() {
    verdict = Uni.createFrom().item(new Verdict.Skip(Reason.SUPERSEDED));
    Outcome outcome = process(TestMails.entry("q", "1-1"), ProcessorTest::recheck);
    assertEquals(new Outcome.Skipped(Reason.SUPERSEDED), outcome);
    assertEquals(1, asked.size());
  }

  @Test
  void tells_what_lost_its_sense_as_sent_in_part_if_a_recipient_has_it() {
    verdict = Uni.createFrom().item(new Verdict.Skip(Reason.EXPIRED));
    Attempt fresh = TestMails.attempt(TestMails.entry("q", "1-1"));
    Attempt second =
        new Attempt(
            fresh.entry(),
            fresh.attemptHistory().with(receipt(Fate.ACCEPTED), false),
            fresh.mail(),
            fresh.startedAt(),
            Optional.empty());
    Outcome outcome =
        processor(ProcessorTest::recheck).process(second).await().indefinitely().outcome().get();
    assertEquals(new Outcome.SentInPart(Reason.EXPIRED), outcome);
    assertEquals("sent", outcome.word());
  }

  @Test
  void defers_uncounted_what_is_paused_while_it_waited() {
    verdict = Uni.createFrom().item(new Verdict.Paused());
    assertUncounted(process(TestMails.entry("q", "1-1"), ProcessorTest::recheck));
  }

  @Test
  void defers_uncounted_if_the_guards_cannot_be_asked() {
    verdict = Uni.createFrom().failure(new IllegalStateException("no Redis"));
    assertUncounted(process(TestMails.entry("q", "1-1"), ProcessorTest::recheck));
  }

  @Test
  void lets_no_final_dot_through_once_the_lease_is_lost() {
    Entry entry = TestMails.entry("q", "1-1");
    assertUncounted(
        process(
            entry,
            request -> {
              entry.term().end();
              assertFalse(request.gate().isOpen());
              return receipt(Fate.NOT_SENT);
            }));
  }

  @Test
  void counts_a_mail_that_the_server_did_not_take_although_it_was_allowed() {
    Outcome.Deferred outcome =
        assertInstanceOf(
            Outcome.Deferred.class,
            process(TestMails.entry("q", "1-1"), request -> receipt(Fate.UNKNOWN)));
    assertTrue(outcome.counted());
  }

  @Test
  void records_the_intent_of_mail_that_asks_to_be_held_and_of_no_other() {
    process(
        TestMails.entry("q", "1-1", HOLD),
        request -> {
          assertTrue(request.gate().needsIntent());
          assertTrue(request.gate().recordIntent().succeeded());
          return receipt(Fate.ACCEPTED);
        });
    assertEquals("1-1", intents.get(0).id());
    process(
        TestMails.entry("q", "1-2"),
        request -> {
          assertFalse(request.gate().needsIntent());
          return receipt(Fate.ACCEPTED);
        });
  }

  @Test
  void defers_if_the_intent_is_refused_because_the_mail_is_no_longer_ours() {
    ours = false;
    assertUncounted(
        process(
            TestMails.entry("q", "1-1", HOLD),
            request -> {
              assertTrue(request.gate().recordIntent().failed());
              return receipt(Fate.NOT_SENT);
            }));
  }

  @Test
  void holds_what_an_earlier_reader_may_have_sent() {
    Entry lost = lostWhileSending(TestMails.entry("q", "1-1", HOLD));
    assertInstanceOf(Outcome.Held.class, process(lost, request -> bug()));
    Entry resent = lostWhileSending(TestMails.entry("q", "1-2"));
    assertInstanceOf(Outcome.Sent.class, process(resent, request -> receipt(Fate.ACCEPTED)));
  }

  @Test
  void makes_a_mail_dead_if_a_bug_strikes_before_its_final_dot_and_held_after_it() {
    Outcome before = process(TestMails.entry("q", "1-1"), request -> bug());
    assertEquals(Optional.of(Reason.POISON), before.reasonIfAny());
    Outcome after =
        process(
            TestMails.entry("q", "1-1"),
            request -> {
              assertTrue(request.gate().isOpen());
              return bug();
            });
    assertInstanceOf(Outcome.Held.class, after);
    assertTrue(after.receiptIfAny().orElseThrow().any(Fate.UNKNOWN));
  }

  @Test
  void parks_a_mail_that_got_no_connection() {
    Outcome outcome =
        process(
            TestMails.entry("q", "1-1"),
            request ->
                new Receipt(
                    "default",
                    List.of(
                        new Receipt.Answer(
                            0, Fate.NOT_SENT, Receipt.WAITING, Optional.empty(), "all busy"))));
    assertInstanceOf(Outcome.Parked.class, outcome);
  }

  private static void assertUncounted(Outcome outcome) {
    Outcome.Deferred deferred = assertInstanceOf(Outcome.Deferred.class, outcome);
    assertFalse(deferred.counted());
    assertEquals(Reason.CONNECTION, deferred.reason());
  }

  /** What the SMTP engine does if a mail waited for its connection. */
  private static Receipt recheck(DeliveryRequest request) {
    boolean valid = request.stillValid().get().result();
    return receipt(valid ? Fate.ACCEPTED : Fate.NOT_SENT);
  }

  private Outcome process(Entry entry, Function<DeliveryRequest, Receipt> send) {
    return processor(send)
        .process(TestMails.attempt(entry))
        .await()
        .indefinitely()
        .outcome()
        .orElseThrow();
  }

  private Processor processor(Function<DeliveryRequest, Receipt> send) {
    OutcomeDecider decider =
        new OutcomeDecider(
            new RetryPolicy(new RetrySettings(3, BACKOFF, BACKOFF, BACKOFF)),
            () -> 0.5,
            route -> false);
    return new Processor(
        new FakeTransport(send),
        decider,
        (queue, mails) -> verdicts(mails),
        this::recordIntent,
        new SentDots());
  }

  private Uni<List<Verdict>> verdicts(List<GuardedMail> mails) {
    asked.addAll(mails);
    return verdict.map(List::of);
  }

  private Uni<Boolean> recordIntent(Entry entry) {
    intents.add(entry);
    return Uni.createFrom().item(ours);
  }

  private static Receipt bug() {
    throw new IllegalStateException("a bug");
  }

  private static Receipt receipt(Fate fate) {
    return new Receipt(
        "default", List.of(new Receipt.Answer(0, fate, "dot", Optional.empty(), "")));
  }

  private static Entry lostWhileSending(Entry entry) {
    return new Entry(
        entry.queue(),
        entry.id(),
        entry.mail(),
        entry.progress(),
        entry.traceparent(),
        entry.format(),
        entry.presence(),
        new Entry.Reading(new DeliveryCount(DeliveryCount.MARK + 1), entry.term()));
  }

  /** Answers at once. */
  private record FakeTransport(Function<DeliveryRequest, Receipt> answer) implements Transport {

    @Override
    public Uni<Receipt> send(DeliveryRequest request) {
      return Uni.createFrom().item(answer.apply(request));
    }

    @Override
    public List<ConnectionStats> connections() {
      return List.of();
    }

    @Override
    public Uni<Void> close() {
      return Uni.createFrom().voidItem();
    }
  }
}
