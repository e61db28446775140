package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.queue.PendingPage;
import dev.postrider.worker.TestMails;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Queues in memory that behave as Redis does for one consumer, and remember what was asked. */
final class FakeReads implements QueueReads {

  final List<String> calls = new ArrayList<>();
  final Set<String> withoutLease = new HashSet<>();
  final Set<String> paused = new HashSet<>();
  final Map<String, Throwable> failures = new HashMap<>();
  final Map<String, List<Entry>> pending = new LinkedHashMap<>();
  final List<String> untried = new ArrayList<>();
  boolean onSeparateServers;
  boolean reconnected;
  private final Map<String, List<Entry>> unread = new LinkedHashMap<>();
  private final Map<String, UniEmitter<? super List<Entry>>> waits = new HashMap<>();

  void add(String queue, String... ids) {
    for (String id : ids) {
      unread.computeIfAbsent(queue, name -> new ArrayList<>()).add(TestMails.entry(queue, id));
    }
  }

  /** Ends the blocking read of a queue with what there is. */
  void answer(String queue) {
    waits.remove(queue).complete(take(queue, 1));
  }

  private List<Entry> take(String queue, int count) {
    List<Entry> all = unread.getOrDefault(queue, new ArrayList<>());
    List<Entry> taken = new ArrayList<>(all.subList(0, Math.min(count, all.size())));
    all.removeAll(taken);
    pending.computeIfAbsent(queue, name -> new ArrayList<>()).addAll(taken);
    return taken;
  }

  private Uni<List<Entry>> answer(String call, List<String> queues, int count) {
    calls.add(call + " " + String.join(",", queues) + " " + count);
    List<Entry> all = new ArrayList<>();
    for (String queue : queues) {
      if (failures.containsKey(queue)) {
        return Uni.createFrom().failure(failures.get(queue));
      }
      all.addAll(take(queue, count));
    }
    return Uni.createFrom().item(all);
  }

  @Override
  public Uni<List<Entry>> poll(String queue, int count) {
    return answer("poll", List.of(queue), count);
  }

  @Override
  public Uni<List<Entry>> await(List<String> queues, int count) {
    if (!onSeparateServers) {
      return answer("await", queues, count);
    }
    calls.add("await " + queues.get(0) + " " + count);
    return Uni.createFrom().emitter(emitter -> waits.put(queues.get(0), emitter));
  }

  @Override
  public boolean holdsLease(String queue) {
    return !withoutLease.contains(queue);
  }

  @Override
  public Uni<PendingPage> pending(String queue, String after, int count, boolean suspect) {
    calls.add("pending " + queue + " " + after + " " + count);
    if (failures.containsKey(queue)) {
      return Uni.createFrom().failure(failures.get(queue));
    }
    List<Entry> page =
        pending.getOrDefault(queue, List.of()).stream()
            .filter(entry -> entry.id().compareTo(after) > 0)
            .limit(count)
            .toList();
    String last = page.isEmpty() ? "" : page.get(page.size() - 1).id();
    return Uni.createFrom()
        .item(
            new PendingPage(
                page.stream().filter(e -> suspect || !e.deliveries().isSuspect()).toList(), last));
  }

  @Override
  public Uni<Void> createGroup(String queue) {
    calls.add("create " + queue);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Boolean> isPaused(String queue) {
    return Uni.createFrom().item(paused.contains(queue));
  }

  @Override
  public Uni<Void> markUntried(String queue, List<Entry> entries) {
    entries.forEach(entry -> untried.add(entry.id()));
    return Uni.createFrom().voidItem();
  }

  @Override
  public boolean onSeparateServers() {
    return onSeparateServers;
  }

  @Override
  public boolean reconnected() {
    boolean now = reconnected;
    reconnected = false;
    return now;
  }
}
