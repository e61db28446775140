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
 * Waits for the first entry of each queue by itself, where no command can wait for several. An ear
 * asks for a single entry, so it keeps one slot; the queue that was heard is polled for the rest.
 * Lives on one event loop.
 */
final class BlockingReads {

  private final Function<String, Uni<List<Entry>>> wait;
  private final Set<String> listening = new HashSet<>();
  private final List<Entry> heard = new ArrayList<>();
  private Runnable waiter = () -> {};

  /**
   * @param wait waits for at most one entry of a queue, for a bounded time; never fails
   */
  BlockingReads(Function<String, Uni<List<Entry>>> wait) {
    this.wait = wait;
  }

  /** Slots that are kept for what comes and what has come. */
  int reserved() {
    return listening.size() + heard.size();
  }

  /** Queues that are listened to; to poll them as well would take their entries apart. */
  Set<String> listening() {
    return Set.copyOf(listening);
  }

  /** True if something has come. */
  boolean heard() {
    return !heard.isEmpty();
  }

  /** What has come, once. */
  List<Entry> take() {
    List<Entry> taken = List.copyOf(heard);
    heard.clear();
    return taken;
  }

  /** Begins to listen to queues, unless it does so already. */
  void listen(Collection<String> queues) {
    queues.stream().filter(listening::add).toList().forEach(this::begin);
  }

  /** Emits what came as soon as any ear has ended its wait. */
  @CheckReturnValue
  Uni<List<Entry>> next() {
    return Uni.createFrom().emitter(emitter -> awaitEnd(emitter));
  }

  /** A wait that was refused at once has ended already. */
  private void awaitEnd(UniEmitter<? super List<Entry>> emitter) {
    if (listening.isEmpty() || heard()) {
      emitter.complete(take());
    } else {
      waiter = () -> emitter.complete(take());
    }
  }

  /** Emits all that came once no ear listens any more. */
  @CheckReturnValue
  Uni<List<Entry>> last() {
    return listening.isEmpty() ? Uni.createFrom().item(take()) : next().chain(this::lastOf);
  }

  private Uni<List<Entry>> lastOf(List<Entry> some) {
    heard.addAll(some);
    return last();
  }

  private void begin(String queue) {
    wait.apply(queue).subscribe().with(entries -> ended(queue, entries));
  }

  private void ended(String queue, List<Entry> entries) {
    listening.remove(queue);
    heard.addAll(entries);
    Runnable then = waiter;
    waiter = () -> {};
    then.run();
  }
}
