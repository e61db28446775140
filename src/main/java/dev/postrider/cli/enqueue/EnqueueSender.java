package dev.postrider.cli.enqueue;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.NumberFormat;
import dev.postrider.queue.enqueue.EnqueueChunks;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import dev.postrider.queue.enqueue.Enqueuer;
import java.util.List;

/** Adds valid mail to one queue, chunk by chunk, until the queue is full. */
final class EnqueueSender {

  private final CommandContext context;
  private final String queue;
  private final Enqueuer enqueuer;

  EnqueueSender(CommandContext context, String queue) {
    this.context = context;
    this.queue = queue;
    this.enqueuer =
        new Enqueuer(context.link(), context.prefix(), context.workerSettings().enqueueBounds());
  }

  /**
   * @param report counts the results
   */
  void send(List<EnqueueRequest> mails, EnqueueReport report) {
    for (List<EnqueueRequest> chunk : EnqueueChunks.of(mails)) {
      report.add(enqueue(chunk, report));
      if (report.full()) {
        context
            .terminal()
            .message(
                "postrider: queue %s has reached postrider.limits.backlog; add the remaining mail later."
                    .formatted(queue));
        return;
      }
    }
  }

  private List<EnqueueResult> enqueue(List<EnqueueRequest> chunk, EnqueueReport report) {
    try {
      return context.await(enqueuer.enqueue(queue, chunk));
    } catch (Exit down) {
      if (report.answered() > 0) {
        context
            .terminal()
            .message(
                "postrider: %s mails are in %s; the next %d may be. Mail with an idempotency_key can be added again."
                    .formatted(NumberFormat.of(report.answered()), queue, chunk.size()));
      }
      throw down;
    }
  }
}
