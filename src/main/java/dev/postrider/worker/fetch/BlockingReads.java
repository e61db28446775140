package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Redis Cluster only: one blocking XREADGROUP COUNT 1 for each queue, because a command cannot span
 * slots. Each of them keeps one slot. Lives on one event loop.
 */
final class BlockingReads {

  private final Function<String, Uni<List<Entry>>> read;
  private final Set<String> underWay = new HashSet<>();
  private final List<Entry> received = new ArrayList<>();
  private Runnable waiter = () -> {};

  /**
   * @param read waits for at most one entry of a queue, for a bounded time; never fails
   */
  BlockingReads(Function<String, Uni<List<Entry>>> read) {
    this.read = read;
  }

  /** True if a read of this queue waits; to poll it as well would split its entries. */
  boolean isUnderWay(String queue) {
    return underWay.contains(queue);
  }

  boolean hasReceived() {
    return !received.isEmpty();
  }

  /** The entries received so far, once. */
  List<Entry> take() {
    List<Entry> taken = List.copyOf(received);
    received.clear();
    return taken;
  }

  /** Starts a read of each queue, unless one is under way. */
  void start(Collection<String> queues) {
    queues.stream().filter(underWay::add).toList().forEach(this::start);
  }

  private void start(String queue) {
    read.apply(queue).subscribe().with(entries -> ended(queue, entries));
  }

  private void ended(String queue, List<Entry> entries) {
    underWay.remove(queue);
    received.addAll(entries);
    Runnable then = waiter;
    waiter = () -> {};
    then.run();
  }

  /** Emits what was received as soon as any read has ended. */
  @CheckReturnValue
  Uni<List<Entry>> next() {
    return Uni.createFrom().emitter(emitter -> awaitEnd(emitter));
  }

  /** A read that was refused at once has ended already. */
  private void awaitEnd(UniEmitter<? super List<Entry>> emitter) {
    if (underWay.isEmpty() || hasReceived()) {
      emitter.complete(take());
    } else {
      waiter = () -> emitter.complete(take());
    }
  }

  /** Emits all that was received once no read is under way. */
  @CheckReturnValue
  Uni<List<Entry>> last() {
    return lastAfter(take());
  }

  private Uni<List<Entry>> lastAfter(List<Entry> all) {
    return underWay.isEmpty()
        ? Uni.createFrom().item(all)
        : next().map(more -> joined(all, more)).chain(this::lastAfter);
  }

  private static List<Entry> joined(List<Entry> some, List<Entry> more) {
    List<Entry> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
