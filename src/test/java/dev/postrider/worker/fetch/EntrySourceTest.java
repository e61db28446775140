package dev.postrider.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.queue.Entry;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.worker.TestMails;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntrySourceTest {

  private static final Throwable REFUSED = ErrorType.create("WRONGTYPE not a stream");

  private final FakeReads reads = new FakeReads();
  private final FakeEventLoop eventLoop = new FakeEventLoop();
  private final Slots slots = new Slots(8, 1_000_000);
  private final EntrySource source = new EntrySource(reads, weights("a", "b"), slots, eventLoop);

  @Test
  void waits_for_all_queues_at_once_and_divides_the_slots_among_them() {
    reads.add("b", "1-1");
    assertEquals(List.of("1-1"), ids(next()));
    assertEquals(List.of("await a,b 4"), reads.calls);
  }

  @Test
  void polls_queues_with_a_backlog_by_weight_and_every_other_queue_for_one() {
    reads.add("a", "1-1", "1-2", "1-3", "1-4", "1-5");
    take(next());
    reads.calls.clear();
    assertEquals(List.of("1-5"), ids(next()));
    assertEquals(List.of("poll a 3", "poll b 1"), reads.calls);
  }

  @Test
  void reads_what_is_pending_before_what_is_new_until_its_end() {
    reads.add("a", "1-1", "1-2");
    next();
    reads.add("b", "2-1");
    release(2);
    source.readAgain("a");
    reads.calls.clear();
    assertEquals(List.of("1-1", "1-2"), ids(take(next())));
    assertEquals(List.of(), next(), "the end of what is pending");
    assertEquals(List.of("2-1"), ids(next()));
    assertEquals("pending a 0 8", reads.calls.get(0));
    assertEquals("pending a 1-2 6", reads.calls.get(1));
  }

  @Test
  void emits_no_entry_that_is_in_flight_and_keeps_no_slot_for_it() {
    reads.add("a", "1-1");
    take(next());
    source.readAgain("a");
    assertEquals(List.of(), next());
    assertEquals(7, slots.free());
  }

  @Test
  void reads_again_what_a_new_group_hands_out_although_it_is_in_flight() {
    reads.add("a", "1-1");
    take(next());
    reads.add("a", "1-1");
    assertEquals(List.of(), next());
    reads.calls.clear();
    next();
    assertEquals("pending a 0 7", reads.calls.get(0));
  }

  @Test
  void reads_what_is_pending_again_after_a_connection_was_replaced() {
    reads.reconnected = true;
    next();
    next();
    assertEquals(List.of("pending a 0 8", "pending b 0 8"), reads.calls);
  }

  @Test
  void reads_what_is_pending_again_every_five_minutes() {
    next();
    eventLoop.advance(Duration.ofMinutes(5).plusNanos(1));
    reads.calls.clear();
    next();
    assertEquals(List.of("pending a 0 8"), reads.calls);
  }

  @Test
  void asks_one_by_one_if_redis_refuses_all_together_and_skips_the_queue_it_refuses() {
    reads.failures.put("a", REFUSED);
    reads.add("b", "1-1");
    assertEquals(List.of("1-1"), ids(take(next())));
    assertEquals(List.of("await a,b 4", "poll a 1", "poll b 1"), reads.calls);
    reads.calls.clear();
    next();
    assertEquals(List.of("poll b 7"), reads.calls);
  }

  @Test
  void reads_a_refused_queue_again_after_its_cool_down() {
    reads.failures.put("a", REFUSED);
    subscribe();
    reads.failures.clear();
    reads.calls.clear();
    eventLoop.advance(Duration.ofSeconds(5));
    next();
    assertTrue(reads.calls.get(0).contains("a"), reads.calls.toString());
  }

  @Test
  void waits_before_the_next_read_if_all_are_refused_together_and_no_queue_has_mail() {
    reads.failures.put("a", REFUSED);
    UniAssertSubscriber<List<Entry>> refused = subscribe();
    eventLoop.advance(Duration.ofMillis(99));
    refused.assertNotTerminated();
    eventLoop.advance(Duration.ofMillis(1));
    assertEquals(List.of(), refused.assertCompleted().getItem());
  }

  @Test
  void creates_a_group_that_was_lost() {
    reads.failures.put("a", ErrorType.create("NOGROUP No such key"));
    subscribe();
    assertTrue(reads.calls.contains("create a"), reads.calls.toString());
  }

  @Test
  void skips_a_paused_queue_until_it_is_resumed_then_reads_what_is_pending_of_it() {
    reads.add("a", "1-1");
    List<Entry> untried = next();
    release(1);
    reads.paused.add("a");
    source.pauseUntilResumed("a", untried);
    assertEquals(List.of("1-1"), reads.untried);
    reads.calls.clear();
    next();
    assertEquals(List.of("await b 8"), reads.calls);
    reads.paused.clear();
    eventLoop.advance(Duration.ofMillis(250));
    assertEquals(List.of("1-1"), ids(next()));
  }

  @Test
  void waits_on_the_event_loop_if_nothing_can_be_read() {
    reads.paused.addAll(List.of("a", "b"));
    source.pauseUntilResumed("a", List.of());
    source.pauseUntilResumed("b", List.of());
    UniAssertSubscriber<List<Entry>> idle = subscribe();
    idle.assertNotTerminated();
    eventLoop.advance(Duration.ofMillis(100));
    assertEquals(List.of(), idle.assertCompleted().getItem());
  }

  @Test
  void fails_and_keeps_no_slot_if_redis_fails_as_a_whole() {
    reads.failures.put("a", new RedisUnavailable("gone", null));
    subscribe().assertFailedWith(RedisUnavailable.class);
    assertEquals(8, slots.free());
  }

  @Test
  void keeps_what_came_from_one_queue_if_another_fails() {
    reads.add("a", "1-1", "1-2", "1-3", "1-4", "1-5");
    take(next());
    reads.failures.put("b", new RedisUnavailable("gone", null));
    assertEquals(List.of("1-5"), ids(take(next())));
    assertEquals(3, slots.free());
  }

  @Test
  void reads_nothing_of_a_queue_without_a_lease() {
    reads.add("a", "1-1");
    reads.add("b", "2-1");
    reads.withoutLease.add("a");
    source.readAgain("a");
    assertEquals(List.of("2-1"), ids(next()));
    assertEquals(List.of("await b 8"), reads.calls);
    reads.withoutLease.clear();
    reads.calls.clear();
    next();
    assertEquals("pending a 0 7", reads.calls.get(0));
  }

  @Test
  void starts_nothing_that_is_pending_for_a_paused_queue() {
    reads.add("a", "1-1");
    next();
    release(1);
    reads.paused.add("a");
    source.readAgain("a");
    reads.calls.clear();
    assertEquals(List.of(), next());
    assertEquals(List.of(), reads.calls);
    assertTrue(source.isReadingAgain("a"));
  }

  @Test
  void reads_nothing_again_while_another_connection_may_still_bring_it() {
    reads.onSeparateServers = true;
    reads.add("a", "1-1");
    UniAssertSubscriber<List<Entry>> waiting = subscribe();
    source.readAgain("a");
    source.readAgain("b");
    reads.answer("b");
    assertEquals(List.of(), waiting.assertCompleted().getItem());
    reads.calls.clear();
    subscribe();
    assertEquals("pending b 0 7", reads.calls.get(0));
    assertEquals(0, reads.calls.stream().filter(call -> call.startsWith("pending a")).count());
    reads.answer("a");
    assertEquals(List.of("1-1"), ids(take(next())));
    assertEquals(List.of(), next(), "in flight");
    assertTrue(reads.calls.stream().anyMatch(call -> call.startsWith("pending a")));
  }

  @Test
  void keeps_one_slot_for_each_blocking_read_of_a_cluster() {
    reads.onSeparateServers = true;
    UniAssertSubscriber<List<Entry>> first = subscribe();
    assertEquals(List.of("await a 1", "await b 1"), reads.calls);
    assertEquals(6, slots.free());
    reads.add("a", "1-1");
    reads.answer("a");
    assertEquals(List.of("1-1"), ids(take(first.assertCompleted().getItem())));
    assertEquals(6, slots.free(), "one in flight, one for the other read");
    reads.calls.clear();
    reads.add("a", "1-2");
    assertEquals(List.of("1-2"), ids(next()), "the queue that gave one is polled for more");
    assertEquals(List.of("poll a 6"), reads.calls);
  }

  @Test
  void emits_what_blocking_reads_still_bring_when_it_finishes() {
    reads.onSeparateServers = true;
    subscribe();
    UniAssertSubscriber<List<Entry>> last =
        source.finish().subscribe().withSubscriber(UniAssertSubscriber.create());
    reads.add("b", "1-1");
    reads.answer("b");
    last.assertNotTerminated();
    reads.answer("a");
    assertEquals(List.of("1-1"), ids(last.assertCompleted().getItem()));
    assertEquals(7, slots.free());
  }

  private List<Entry> next() {
    return subscribe().assertCompleted().getItem();
  }

  private UniAssertSubscriber<List<Entry>> subscribe() {
    return source.next().subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private List<Entry> take(List<Entry> entries) {
    entries.forEach(slots::take);
    return entries;
  }

  /** Gives reserved slots back, as if their entries had been settled. */
  private void release(int count) {
    for (int i = 0; i < count; i++) {
      Entry entry = TestMails.entry("x", "9-" + i);
      slots.take(entry);
      slots.release(entry);
    }
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }

  private static Map<String, Integer> weights(String... queues) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String queue : queues) {
      weights.put(queue, 1);
    }
    return weights;
  }
}
