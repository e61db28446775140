package dev.postrider.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.queue.Entry;
import dev.postrider.support.Terms;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlotsTest {

  private final Slots slots = new Slots(2, 100);
  private final AtomicInteger woken = new AtomicInteger();

  @Test
  void gives_as_many_as_there_are() {
    assertEquals(2, slots.free());
    take(slots, entry("q", "1-1", 10));
    assertEquals(1, slots.free());
    slots.release(entry("q", "1-1", 10));
    assertEquals(2, slots.free());
    assertEquals(0, slots.inFlight());
  }

  @Test
  void frees_a_slot_once() {
    take(slots, entry("q", "1-1", 10));
    slots.release(entry("q", "1-1", 10));
    slots.release(entry("q", "1-1", 10));
    assertEquals(2, slots.free());
  }

  @Test
  void has_none_free_while_too_many_bytes_are_in_flight() {
    take(slots, entry("q", "1-1", 100));
    assertEquals(0, slots.free());
    slots.release(entry("q", "1-1", 100));
    assertEquals(1, slots.free(), "the next may be as large");
  }

  @Test
  void reads_so_many_as_fit_if_they_are_as_large_as_the_largest_of_late() {
    Slots wide = new Slots(100, 1_000);
    assertEquals(8, wide.free(), "nothing is known yet");
    take(wide, entry("q", "1-1", 300));
    assertEquals(2, wide.free(), "700 are left");
    wide.release(entry("q", "1-1", 300));
    for (int i = 0; i < 200; i++) {
      take(wide, entry("q", "2-" + i, 10));
      wide.release(entry("q", "2-" + i, 10));
    }
    assertTrue(wide.free() > 40, "the large one is forgotten: " + wide.free());
  }

  @Test
  void never_reads_more_than_the_bound_while_sizes_stay_the_same() {
    Slots wide = new Slots(1_000, 10_000);
    long bytes = 0;
    for (int i = 0; wide.free() > 0; i++) {
      take(wide, entry("q", "1-" + i, 700));
      bytes += 700;
    }
    assertTrue(bytes <= 10_000 && bytes > 8_000, "bytes " + bytes);
  }

  @Test
  void lets_one_mail_go_that_is_larger_than_the_bound() {
    Slots narrow = new Slots(4, 100);
    narrow.onceFree(4, woken::incrementAndGet);
    assertEquals(1, woken.get());
    take(narrow, entry("q", "1-1", 5_000));
    assertEquals(0, narrow.free());
    narrow.onceFree(4, woken::incrementAndGet);
    assertEquals(1, woken.get(), "waits for its end");
    narrow.release(entry("q", "1-1", 5_000));
    assertEquals(2, woken.get());
    assertEquals(1, narrow.free());
  }

  @Test
  void wakes_who_waits_once_and_only_when_enough_are_free() {
    take(slots, entry("q", "1-1", 1));
    take(slots, entry("q", "2-1", 1));
    slots.onceFree(2, woken::incrementAndGet);
    slots.release(entry("q", "1-1", 1));
    assertEquals(0, woken.get());
    slots.release(entry("q", "2-1", 1));
    assertEquals(1, woken.get());
    take(slots, entry("q", "3-1", 1));
    slots.release(entry("q", "3-1", 1));
    assertEquals(1, woken.get());
  }

  @Test
  void wakes_at_once_if_there_is_room_and_waits_for_no_more_than_there_can_be() {
    slots.onceFree(1_000, woken::incrementAndGet);
    assertEquals(1, woken.get());
    take(slots, entry("q", "1-1", 1));
    slots.onceFree(1_000, woken::incrementAndGet);
    slots.wakeNow();
    slots.wakeNow();
    assertEquals(2, woken.get());
  }

  @Test
  void reserves_slots_for_a_read_and_gives_back_those_that_it_does_not_fill() {
    CompletableFuture<List<Entry>> reply = new CompletableFuture<>();
    UniAssertSubscriber<List<Entry>> read = fill(2, reply);
    assertEquals(0, slots.free());
    slots.onceFree(1, woken::incrementAndGet);
    reply.complete(List.of(entry("q", "1-1", 10)));
    assertEquals(1, slots.free(), "one is filled");
    assertEquals(1, woken.get());
    slots.take(read.assertCompleted().getItem().get(0));
    assertEquals(1, slots.free(), "its own now");
    slots.release(entry("q", "1-1", 10));
    assertEquals(2, slots.free());
  }

  @Test
  void gives_all_slots_of_a_read_back_that_failed() {
    CompletableFuture<List<Entry>> reply = new CompletableFuture<>();
    fill(2, reply);
    reply.completeExceptionally(new IllegalStateException("no Redis"));
    assertEquals(2, slots.free());
  }

  @Test
  void drops_what_is_in_flight_and_gives_its_reserved_slot_back() {
    take(slots, entry("q", "1-1", 10));
    fill(1, CompletableFuture.completedFuture(List.of(entry("q", "1-1", 10))));
    assertEquals(0, slots.free());
    assertEquals(List.of(), slots.withoutInFlight(List.of(entry("q", "1-1", 10))));
    assertEquals(1, slots.free());
  }

  @Test
  void takes_the_same_id_in_another_queue_for_another_mail() {
    take(slots, entry("q", "1-1", 10));
    assertEquals(1, slots.withoutInFlight(List.of(entry("p", "1-1", 10))).size());
  }

  private UniAssertSubscriber<List<Entry>> fill(int count, CompletableFuture<List<Entry>> reply) {
    return slots
        .fill(count, () -> Uni.createFrom().completionStage(reply))
        .subscribe()
        .withSubscriber(UniAssertSubscriber.create());
  }

  private static void take(Slots slots, Entry entry) {
    CompletableFuture<List<Entry>> reply = CompletableFuture.completedFuture(List.of(entry));
    slots
        .fill(1, () -> Uni.createFrom().completionStage(reply))
        .subscribe()
        .with(entries -> entries.forEach(slots::take));
  }

  private static Entry entry(String queue, String id, int bytes) {
    return new Entry(
        queue,
        id,
        Optional.of(new byte[bytes]),
        Optional.empty(),
        Optional.empty(),
        Terms.firstReading());
  }
}
