package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.queue.PendingPage;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What one consumer asks of its queues. What it reads is pending until it is settled. */
interface QueueReads {

  /** At most {@code count} new entries of one queue, at once. */
  @CheckReturnValue
  Uni<List<Entry>> poll(String queue, int count);

  /** At most {@code count} new entries of each queue; waits a bounded time for the first. */
  @CheckReturnValue
  Uni<List<Entry>> await(List<String> queues, int count);

  /**
   * At most {@code count} pending entries of this consumer, after the entry {@code after}.
   *
   * @param suspect whether a mail may be among them whose readers died again and again
   */
  @CheckReturnValue
  Uni<PendingPage> pending(String queue, String after, int count, boolean suspect);

  /** True while what is read now may also be sent. */
  boolean holdsLease(String queue);

  @CheckReturnValue
  Uni<Void> createGroup(String queue);

  @CheckReturnValue
  Uni<Boolean> isPaused(String queue);

  /**
   * Records that entries were read and not tried, so that a restart does not count against them.
   */
  @CheckReturnValue
  Uni<Void> markUntried(String queue, List<Entry> entries);

  /** True if queues live on different servers, so that no command can wait for several. */
  boolean onSeparateServers();

  /** True if a connection was replaced since the last call: replies may be lost. */
  boolean reconnected();
}
