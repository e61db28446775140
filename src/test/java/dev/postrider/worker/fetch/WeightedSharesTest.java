package dev.postrider.worker.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WeightedSharesTest {

  private static final List<String> ALL = List.of("a", "b", "idle");

  private final WeightedShares weightedShares =
      new WeightedShares(ordered("a", 3, "b", 1, "idle", 6));

  @Test
  void asks_an_idle_queue_for_one_and_divides_the_others_among_those_with_a_backlog() {
    weightedShares.record("a", 1, 1);
    weightedShares.record("b", 1, 1);
    Map<String, Integer> divided = weightedShares.divide(103, ALL);
    assertEquals(Map.of("a", 76, "b", 26, "idle", 1), divided);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 64, 200})
  void keeps_to_the_weights_over_time_and_never_gives_more_than_there_is(int free) {
    WeightedShares backlogged = new WeightedShares(ordered("a", 3, "b", 1));
    Map<String, Integer> sum = new HashMap<>();
    for (int round = 0; round < 4_000; round++) {
      backlogged.record("a", 1, 1);
      backlogged.record("b", 1, 1);
      Map<String, Integer> divided = backlogged.divide(free, List.of("a", "b"));
      int given = divided.values().stream().mapToInt(Integer::intValue).sum();
      assertEquals(free, given);
      divided.forEach((queue, share) -> sum.merge(queue, share, Integer::sum));
    }
    double part = sum.get("a") / (double) (sum.get("a") + sum.get("b"));
    double expected = free == 1 || free > 8 ? 0.75 : part;
    assertEquals(expected, part, 0.02, "part of a with " + free + " slots");
    assertTrue(sum.get("b") > 0 && part >= 0.5, "a has at least half, b never starves");
  }

  @Test
  void gives_single_slots_in_turn_even_to_queues_that_had_nothing() {
    weightedShares.record("a", 1, 1);
    Map<String, Integer> sum = new HashMap<>();
    for (int round = 0; round < 100; round++) {
      weightedShares
          .divide(1, ALL)
          .forEach((queue, share) -> sum.merge(queue, share, Integer::sum));
    }
    assertEquals(Map.of("a", 30, "b", 10, "idle", 60), sum);
  }

  @Test
  void gives_a_queue_that_is_not_asked_nothing() {
    weightedShares.record("a", 1, 1);
    weightedShares.record("b", 1, 1);
    assertEquals(Map.of("b", 9, "idle", 1), weightedShares.divide(10, List.of("b", "idle")));
  }

  @Test
  void has_a_backlog_only_in_queues_that_are_asked() {
    assertFalse(weightedShares.anyBacklogged(List.of("a", "b", "idle")));
    weightedShares.record("a", 5, 5);
    assertTrue(weightedShares.anyBacklogged(List.of("a", "b")));
    assertFalse(weightedShares.anyBacklogged(List.of("b", "idle")), "a is not asked");
    weightedShares.record("a", 5, 4);
    assertFalse(weightedShares.anyBacklogged(List.of("a", "b")));
  }

  @Test
  void asks_each_queue_for_one_if_none_has_a_backlog() {
    assertEquals(Map.of("a", 1, "b", 1, "idle", 1), weightedShares.divide(64, ALL));
  }

  private static Map<String, Integer> ordered(Object... pairs) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      weights.put((String) pairs[i], (Integer) pairs[i + 1]);
    }
    return weights;
  }
}
