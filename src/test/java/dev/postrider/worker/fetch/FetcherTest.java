package dev.postrider.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.guard.Verdict;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.queue.Entry;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.worker.Attempt;
import dev.postrider.worker.TestMails;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Fetching and the check of a batch, without Redis. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FetcherTest {

  private static final RuntimeException NO_REDIS = new RedisUnavailable("gone", null);

  private final FakeReads reads = new FakeReads();
  private final FakeEventLoop eventLoop = new FakeEventLoop();
  private final Slots slots = new Slots(2, 1_000_000);
  private final Fetcher fetcher =
      new Fetcher(reads, Map.of("q", 1), slots, TestMails::attempt, eventLoop);
  private final Map<String, Verdict> verdicts = new HashMap<>();
  private Optional<Throwable> guardFailure = Optional.empty();
  private final BatchCheck batchCheck =
      new BatchCheck(
          (queue, mails) ->
              guardFailure.isPresent()
                  ? Uni.createFrom().failure(guardFailure.get())
                  : Uni.createFrom()
                      .item(mails.stream().map(mail -> verdict(mail.mailId())).toList()),
          fetcher);

  private Verdict verdict(String id) {
    return verdicts.getOrDefault(id, new Verdict.Send());
  }

  @Test
  void reads_as_many_as_slots_are_free_and_gives_each_its_slot() {
    reads.add("q", "1-1", "1-2", "1-3");
    assertEquals(List.of("1-1", "1-2"), ids(fetched()));
    assertEquals(List.of("await q 2"), reads.calls);
    assertEquals(2, slots.inFlight());
    assertEquals(0, slots.free());
  }

  @Test
  void gives_the_slots_back_that_a_read_did_not_fill() {
    reads.add("q", "1-1");
    fetched();
    assertEquals(1, slots.free());
  }

  @Test
  void waits_until_a_slot_is_free() {
    reads.add("q", "1-1", "1-2", "1-3");
    List<Attempt> first = fetched();
    UniAssertSubscriber<List<Attempt>> second = fetch();
    second.assertNotTerminated();
    fetcher.release(first.get(0));
    eventLoop.run();
    assertEquals(List.of("1-3"), ids(second.assertCompleted().getItem()));
  }

  @Test
  void waits_a_moment_for_more_slots_while_there_is_more_to_read() {
    Slots wide = new Slots(40, 1_000_000);
    learnSize(wide);
    Fetcher busy = new Fetcher(reads, Map.of("q", 1), wide, TestMails::attempt, eventLoop);
    for (int i = 100; i < 200; i++) {
      reads.add("q", "1-" + i);
    }
    UniAssertSubscriber<List<Attempt>> first = subscribe(busy.fetch());
    eventLoop.run();
    List<Attempt> attempts = first.assertCompleted().getItem();
    UniAssertSubscriber<List<Attempt>> second = subscribe(busy.fetch());
    busy.release(attempts.get(0));
    eventLoop.run();
    second.assertNotTerminated();
    eventLoop.advance(Duration.ofMillis(2));
    assertEquals(1, second.assertCompleted().getItem().size());
  }

  @Test
  void gives_all_slots_back_and_waits_longer_with_each_failure_of_redis() {
    reads.failures.put("q", NO_REDIS);
    fetch().assertFailedWith(RedisUnavailable.class);
    assertEquals(2, slots.free());
    UniAssertSubscriber<List<Attempt>> first = subscribe(fetcher.backOff(NO_REDIS));
    Duration delay = eventLoop.untilTimer();
    eventLoop.advance(delay);
    assertFalse(fetcher.isLast(first.assertCompleted().getItem()));
    subscribe(fetcher.backOff(NO_REDIS));
    assertTrue(eventLoop.untilTimer().compareTo(delay.multipliedBy(4).dividedBy(3)) > 0);
  }

  @Test
  void ends_with_the_first_empty_batch_after_it_was_closed() {
    reads.add("q", "1-1", "1-2");
    List<Attempt> batch = fetched();
    UniAssertSubscriber<List<Attempt>> waiting = fetch();
    fetcher.close();
    eventLoop.run();
    assertFalse(fetcher.isLast(batch));
    assertTrue(fetcher.isLast(waiting.assertCompleted().getItem()));
  }

  @Test
  void starts_what_the_guards_let_pass_and_decides_what_is_cancelled_or_not_due() {
    reads.add("q", "1-1", "1-2");
    verdicts.put("1-1", new Verdict.Skip(Reason.CANCELLED));
    verdicts.put("1-2", new Verdict.NotYet(Instant.EPOCH));
    List<Attempt> starting = checked(fetched());
    assertEquals(
        List.of(
            Optional.of(new Outcome.Skipped(Reason.CANCELLED)),
            Optional.of(new Outcome.Scheduled(Instant.EPOCH))),
        starting.stream().map(Attempt::outcome).toList());
    assertEquals(2, slots.inFlight());
    verdicts.clear();
    starting.forEach(fetcher::release);
    reads.add("q", "2-1");
    assertTrue(checked(fetched()).get(0).isUndecided());
  }

  @Test
  void puts_mail_of_a_paused_queue_back_and_reads_it_once_the_queue_resumes() {
    reads.add("q", "1-1");
    reads.paused.add("q");
    verdicts.put("1-1", new Verdict.Paused());
    assertEquals(List.of(), checked(fetched()));
    assertEquals(2, slots.free());
    assertEquals(List.of("1-1"), reads.untried);
    reads.paused.clear();
    verdicts.clear();
    eventLoop.advance(Duration.ofMillis(250));
    assertEquals(List.of("1-1"), ids(checked(fetched())));
  }

  @Test
  void puts_a_batch_back_that_cannot_be_checked_and_reads_it_again() {
    reads.add("q", "1-1");
    List<Attempt> batch = fetched();
    guardFailure = Optional.of(NO_REDIS);
    assertThrows(RedisUnavailable.class, () -> batchCheck.check(batch).await().indefinitely());
    assertEquals(2, slots.free());
    guardFailure = Optional.empty();
    assertEquals(List.of("1-1"), ids(checked(fetched())));
  }

  @Test
  void gives_the_slot_of_a_mail_back_whose_end_cannot_be_written_and_reads_it_no_more() {
    reads.add("q", "1-1", "1-2");
    fetched().forEach(fetcher::setAside);
    assertEquals(2, slots.free());
    fetcher.readAgain("q");
    assertEquals(List.of(), ids(fetched()));
    reads.add("q", "1-3");
    assertEquals(List.of(), ids(fetched()), "the end of what is pending");
    assertEquals(List.of("1-3"), ids(fetched()));
  }

  @Test
  void says_that_slots_do_not_turn_over_only_after_longer_than_any_server_may_take() {
    assertFalse(fetcher.isStalled(), "nothing waits");
    reads.add("q", "1-1", "1-2", "1-3");
    List<Attempt> batch = fetched();
    eventLoop.advance(Fetcher.STALLED_AFTER.minusNanos(1));
    assertFalse(fetcher.isStalled());
    eventLoop.advance(Duration.ofNanos(1));
    assertTrue(fetcher.isStalled());
    fetcher.release(batch.get(0));
    assertFalse(fetcher.isStalled());
    fetched();
    eventLoop.advance(Fetcher.STALLED_AFTER.minusNanos(1));
    assertFalse(fetcher.isStalled(), "one has ended meanwhile");
  }

  @Test
  void lets_one_mail_that_meets_a_bug_in_the_check_stop_no_other() {
    reads.add("q", "1-1", "1-2");
    List<Attempt> batch = fetched();
    Attempt bug =
        new Attempt(
            batch.get(0).entry(),
            batch.get(0).attemptHistory(),
            Optional.empty(),
            0,
            Optional.empty());
    List<Attempt> starting = batchCheck.check(List.of(bug, batch.get(1))).await().indefinitely();
    assertEquals(List.of("1-1", "1-2"), ids(starting));
    assertEquals(Optional.of(Reason.POISON), starting.get(0).outcome().orElseThrow().reasonIfAny());
    assertTrue(starting.get(1).isUndecided());
  }

  @Test
  void goes_on_without_a_queue_that_redis_refuses_to_check() {
    reads.add("q", "1-1");
    List<Attempt> batch = fetched();
    guardFailure = Optional.of(ErrorType.create("NOPERM no permissions"));
    assertEquals(List.of(), checked(batch));
    assertEquals(2, slots.free());
  }

  /** Until it has seen mail it expects that large mail fills the whole bound. */
  private static void learnSize(Slots slots) {
    Entry small = TestMails.entry("q", "0-1");
    for (int i = 0; i < 200; i++) {
      List<Entry> read =
          slots.fill(1, () -> Uni.createFrom().item(List.of(small))).await().indefinitely();
      read.forEach(slots::take);
      slots.release(small);
    }
  }

  private List<Attempt> checked(List<Attempt> batch) {
    return batchCheck.check(batch).await().indefinitely();
  }

  private List<Attempt> fetched() {
    return fetch().assertCompleted().getItem();
  }

  private UniAssertSubscriber<List<Attempt>> fetch() {
    UniAssertSubscriber<List<Attempt>> fetch = subscribe(fetcher.fetch());
    eventLoop.run();
    return fetch;
  }

  private static UniAssertSubscriber<List<Attempt>> subscribe(Uni<List<Attempt>> uni) {
    return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private static List<String> ids(List<Attempt> attempts) {
    return attempts.stream().map(attempt -> attempt.entry().id()).toList();
  }
}
