package dev.postrider.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BatcherTest {

  private final ArrayDeque<Runnable> planned = new ArrayDeque<>();
  private final List<List<Integer>> sent = new ArrayList<>();
  private final List<UniEmitter<? super Void>> calls = new ArrayList<>();
  private final Batcher<Integer> batcher =
      new Batcher<>(new Batcher.Limits(5, 2), planned::add, this::send);

  private Uni<Void> send(List<Integer> batch) {
    sent.add(batch);
    return Uni.createFrom().emitter(calls::add);
  }

  private void add(int from, int to) {
    IntStream.rangeClosed(from, to).forEach(batcher::add);
  }

  private void turn() {
    while (!planned.isEmpty()) {
      planned.poll().run();
    }
  }

  @Test
  void items_of_one_turn_are_one_call() {
    add(1, 3);
    assertEquals(List.of(), sent);
    turn();
    assertEquals(List.of(List.of(1, 2, 3)), sent);
  }

  @Test
  void a_full_batch_is_sent_at_once() {
    add(1, 6);
    assertEquals(List.of(List.of(1, 2, 3, 4, 5)), sent);
    turn();
    assertEquals(List.of(List.of(1, 2, 3, 4, 5), List.of(6)), sent);
  }

  @Test
  void items_accumulate_while_all_calls_are_in_progress() {
    add(1, 1);
    turn();
    add(2, 2);
    turn();
    add(3, 9);
    turn();
    assertEquals(List.of(List.of(1), List.of(2)), sent);
    assertEquals(7, batcher.waiting());
    calls.get(0).complete(null);
    turn();
    assertEquals(List.of(3, 4, 5, 6, 7), sent.get(2));
    calls.get(1).fail(new IllegalStateException("planned"));
    turn();
    assertEquals(List.of(8, 9), sent.get(3));
    assertEquals(0, batcher.waiting());
  }

  @Test
  void what_exceeds_a_batch_follows_on_the_next_turn() {
    add(1, 5);
    add(6, 10);
    add(11, 12);
    assertEquals(2, sent.size());
    calls.get(0).complete(null);
    turn();
    assertEquals(List.of(11, 12), sent.get(2));
  }

  @Test
  void each_part_of_a_batch_is_a_call() {
    Batcher<Integer> split =
        new Batcher<>(
            new Batcher.Limits(5, 2),
            planned::add,
            batch -> List.of(batch.subList(0, 1), batch.subList(1, batch.size())),
            this::send);
    IntStream.rangeClosed(1, 3).forEach(split::add);
    turn();
    assertEquals(List.of(List.of(1), List.of(2, 3)), sent);
    split.add(4);
    turn();
    assertEquals(2, sent.size());
    calls.get(0).complete(null);
    assertEquals(1, planned.size());
  }

  @Test
  void drained_items_are_not_sent() {
    add(1, 3);
    assertEquals(List.of(1, 2, 3), batcher.drain());
    turn();
    assertEquals(List.of(), sent);
  }
}
