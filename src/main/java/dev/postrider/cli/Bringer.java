package dev.postrider.cli;

import dev.postrider.queue.Acceptance;
import dev.postrider.queue.Enqueuer;
import dev.postrider.queue.Lots;
import dev.postrider.queue.Submission;
import java.util.List;

/** Puts sound mail into one queue, lot by lot, until all is there or the queue is full. */
final class Bringer {

  private final Desk desk;
  private final String queue;
  private final Enqueuer enqueuer;

  Bringer(Desk desk, String queue) {
    this.desk = desk;
    this.queue = queue;
    this.enqueuer =
        new Enqueuer(
            desk.link(),
            desk.prefix(),
            new Enqueuer.Bounds(
                desk.settings().limits().backlog(),
                desk.settings().idempotency().keep(),
                desk.settings().history().maxMails()));
  }

  /**
   * @param delivered counts the answers
   */
  void bring(List<Submission> mails, Delivered delivered) {
    for (List<Submission> lot : Lots.of(mails)) {
      delivered.add(answers(lot, delivered));
      if (delivered.full()) {
        desk.terminal()
            .note(
                "postrider: queue %s holds as many mails as postrider.limits.backlog allows; try the rest again later."
                    .formatted(queue));
        return;
      }
    }
  }

  private List<Acceptance> answers(List<Submission> lot, Delivered delivered) {
    try {
      return desk.await(enqueuer.enqueue(queue, lot));
    } catch (CommandFailed down) {
      if (delivered.answered() > 0) {
        desk.terminal()
            .note(
                "postrider: %s mails are in %s; of the next %d nobody knows. Mail with an idempotency_key may be brought again."
                    .formatted(Figures.of(delivered.answered()), queue, lot.size()));
      }
      throw down;
    }
  }
}
