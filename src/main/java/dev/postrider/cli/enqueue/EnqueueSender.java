package dev.postrider.cli.enqueue;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.CommandFailed;
import dev.postrider.cli.NumberFormat;
import dev.postrider.queue.enqueue.EnqueueChunks;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import dev.postrider.queue.enqueue.Enqueuer;
import java.util.List;

/** Puts sound mail into one queue, lot by lot, until all is there or the queue is full. */
final class EnqueueSender {

  private final CommandContext commandContext;
  private final String queue;
  private final Enqueuer enqueuer;

  EnqueueSender(CommandContext commandContext, String queue) {
    this.commandContext = commandContext;
    this.queue = queue;
    this.enqueuer =
        new Enqueuer(
            commandContext.link(), commandContext.prefix(), commandContext.plan().enqueueBounds());
  }

  /**
   * @param enqueueReport counts the answers
   */
  void bring(List<EnqueueRequest> mails, EnqueueReport enqueueReport) {
    for (List<EnqueueRequest> lot : EnqueueChunks.of(mails)) {
      enqueueReport.add(answers(lot, enqueueReport));
      if (enqueueReport.full()) {
        commandContext
            .terminal()
            .note(
                "postrider: queue %s holds as many mails as postrider.limits.backlog allows; try the rest again later."
                    .formatted(queue));
        return;
      }
    }
  }

  private List<EnqueueResult> answers(List<EnqueueRequest> lot, EnqueueReport enqueueReport) {
    try {
      return commandContext.await(enqueuer.enqueue(queue, lot));
    } catch (CommandFailed down) {
      if (enqueueReport.answered() > 0) {
        commandContext
            .terminal()
            .note(
                "postrider: %s mails are in %s; of the next %d nobody knows. Mail with an idempotency_key may be brought again."
                    .formatted(NumberFormat.of(enqueueReport.answered()), queue, lot.size()));
      }
      throw down;
    }
  }
}
