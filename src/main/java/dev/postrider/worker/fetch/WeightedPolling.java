package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads new entries: polls queues that are known to have more, by weight; else waits for whichever
 * queue gets something first. Every read reserves its slots. Lives on one event loop.
 */
final class WeightedPolling {

  private final QueueReads reads;
  private final Slots slots;
  private final WeightedShares shares;
  private final QueueCooldown cooldown;
  private final Supplier<Uni<List<Entry>>> idle;
  private final BlockingReads blockingReads = new BlockingReads(this::awaitOne);
  private int turn;

  /**
   * @param weights by queue, each at least 1
   * @param idle waits a while and emits nothing
   */
  WeightedPolling(
      QueueReads reads,
      Slots slots,
      Map<String, Integer> weights,
      QueueCooldown cooldown,
      Supplier<Uni<List<Entry>>> idle) {
    this.reads = reads;
    this.slots = slots;
    this.shares = new WeightedShares(weights);
    this.cooldown = cooldown;
    this.idle = idle;
  }

  /** True if one of these queues probably has more than was read. */
  boolean hasMore(List<String> queues) {
    return shares.anyBacklogged(queues);
  }

  /** True while a blocking read of this queue alone is under way. */
  boolean isWaiting(String queue) {
    return blockingReads.isUnderWay(queue);
  }

  /** True if entries came to a blocking read while others were waited for. */
  boolean hasReceived() {
    return blockingReads.hasReceived();
  }

  /** Those entries, once. */
  List<Entry> received() {
    return blockingReads.take();
  }

  /** What still comes when no more is read: the blocking reads under way. */
  @CheckReturnValue
  Uni<List<Entry>> finish() {
    return blockingReads.last();
  }

  /**
   * New entries of some queues, each with a slot reserved.
   *
   * @param free slots, at least 1
   * @param queues at least one
   */
  @CheckReturnValue
  Uni<List<Entry>> read(int free, List<String> queues) {
    List<String> unread =
        queues.stream().filter(queue -> !blockingReads.isUnderWay(queue)).toList();
    return shares.anyBacklogged(unread)
        ? poll(shares.divide(free, unread))
        : await(free, queues, unread);
  }

  /** What came is kept even if another queue failed: that one fails again in the next round. */
  private Uni<List<Entry>> poll(Map<String, Integer> counts) {
    List<Entry> came = new ArrayList<>();
    List<Uni<List<Entry>>> polls = new ArrayList<>();
    counts.forEach((queue, count) -> polls.add(poll(queue, count).invoke(came::addAll)));
    return Uni.join()
        .all(polls)
        .andCollectFailures()
        .replaceWith(came)
        .onFailure(failure -> !came.isEmpty())
        .recoverWithItem(came)
        .onFailure(CompositeException.class)
        .transform(failure -> failure.getCauses().get(0));
  }

  private Uni<List<Entry>> poll(String queue, int count) {
    return slots
        .fill(count, () -> reads.poll(queue, count))
        .invoke(entries -> recordRead(queue, count, entries))
        .onFailure(cooldown::isAboutOneQueue)
        .recoverWithUni(failure -> cooldown.recover(queue, failure));
  }

  private Uni<List<Entry>> await(int free, List<String> queues, List<String> unread) {
    if (reads.onSeparateServers()) {
      blockingReads.start(inTurn(unread).subList(0, Math.min(free, unread.size())));
      return blockingReads.next();
    }
    List<String> asked = inTurn(queues).subList(0, Math.min(free, queues.size()));
    int count = free / asked.size();
    return slots
        .fill(count * asked.size(), () -> reads.await(asked, count))
        .invoke(entries -> recordRead(asked, count, entries))
        .onFailure(ErrorType.class)
        .recoverWithUni(refusal -> pollOneByOne(asked));
  }

  private Uni<List<Entry>> awaitOne(String queue) {
    return slots
        .fill(1, () -> reads.await(List.of(queue), 1))
        .invoke(entries -> recordRead(queue, 1, entries))
        .onFailure()
        .recoverWithUni(failure -> cooldown.recover(queue, failure))
        .onFailure()
        .recoverWithItem(List.of());
  }

  /**
   * Asked together they were refused; asked one by one, the queue that Redis refuses shows. If none
   * does, the refusal concerned the waiting itself, and would come at once again.
   */
  private Uni<List<Entry>> pollOneByOne(List<String> queues) {
    Map<String, Integer> one = new LinkedHashMap<>();
    queues.forEach(queue -> one.put(queue, 1));
    return poll(one).chain(this::idleIfEmpty);
  }

  private Uni<List<Entry>> idleIfEmpty(List<Entry> entries) {
    return entries.isEmpty() ? idle.get() : Uni.createFrom().item(entries);
  }

  private void recordRead(String queue, int asked, List<Entry> entries) {
    cooldown.clear(queue);
    shares.record(queue, asked, entries.size());
  }

  private void recordRead(List<String> queues, int asked, List<Entry> entries) {
    for (String queue : queues) {
      int came = (int) entries.stream().filter(entry -> entry.queue().equals(queue)).count();
      shares.record(queue, asked, came);
    }
  }

  /** With fewer slots than queues, every queue gets its turn. */
  private List<String> inTurn(List<String> queues) {
    List<String> turned = new ArrayList<>(queues);
    Collections.rotate(turned, turn++);
    return turned;
  }
}
