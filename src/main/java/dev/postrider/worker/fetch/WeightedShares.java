package dev.postrider.worker.fetch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Divides free slots among queues by weight. Queues that filled their share last time have a
 * backlog and divide the slots; each other queue is asked for one entry, so that the first mail of
 * an idle queue never waits behind a full one. What cannot be divided evenly is given out by smooth
 * weighted round robin, so that over time each queue gets its part even of single slots.
 */
final class WeightedShares {

  private final Map<String, Integer> weights;
  private final Map<String, Integer> credit = new LinkedHashMap<>();
  private final Set<String> backlogged = new LinkedHashSet<>();

  /**
   * @param weights by queue, each at least 1
   */
  WeightedShares(Map<String, Integer> weights) {
    this.weights = new LinkedHashMap<>(weights);
    weights.keySet().forEach(queue -> credit.put(queue, 0));
  }

  /** True if one of these queues probably has more than was read. */
  boolean anyBacklogged(Collection<String> queues) {
    return queues.stream().anyMatch(backlogged::contains);
  }

  /** Records how many entries a queue gave. */
  void record(String queue, int asked, int came) {
    if (came >= asked) {
      backlogged.add(queue);
    } else {
      backlogged.remove(queue);
    }
  }

  /**
   * @param free slots, at least 1
   * @param queues that are asked; each other one gets nothing
   * @return slots by queue, each at least 1; together at most {@code free}
   */
  Map<String, Integer> divide(int free, Collection<String> queues) {
    Set<String> asked = new LinkedHashSet<>(queues);
    Map<String, Integer> shares = new LinkedHashMap<>();
    int left = free;
    if (free >= asked.size()) {
      asked.forEach(queue -> shares.put(queue, 1));
      left -= asked.size();
      asked.retainAll(backlogged);
    }
    int total = asked.stream().mapToInt(weights::get).sum();
    int remainder = left;
    for (String queue : asked) {
      int part = (int) ((long) left * weights.get(queue) / total);
      shares.merge(queue, part, Integer::sum);
      remainder -= part;
    }
    for (int i = 0; i < remainder && !asked.isEmpty(); i++) {
      shares.merge(next(asked, total), 1, Integer::sum);
    }
    shares.values().removeIf(share -> share == 0);
    return shares;
  }

  private String next(Set<String> among, int total) {
    String chosen = null;
    for (String queue : among) {
      credit.merge(queue, weights.get(queue), Integer::sum);
      if (chosen == null || credit.get(queue) > credit.get(chosen)) {
        chosen = queue;
      }
    }
    credit.merge(chosen, -total, Integer::sum);
    return chosen;
  }
}
