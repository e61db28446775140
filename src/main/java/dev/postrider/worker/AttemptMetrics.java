package dev.postrider.worker;

import dev.postrider.event.EngineMetrics;
import dev.postrider.event.MailboxProvider;
import dev.postrider.event.QueueMetrics;
import dev.postrider.mail.Address;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.List;
import java.util.Optional;

/** Counts attempts: what was decided about each, and what was settled. */
final class AttemptMetrics {

  private final EngineMetrics engineMetrics;

  AttemptMetrics(EngineMetrics engineMetrics) {
    this.engineMetrics = engineMetrics;
  }

  /** The outcome is decided. The attempt counts if a server was asked. */
  void decided(Attempt attempt, Outcome outcome) {
    Optional<Receipt> receipt = outcome.receiptIfAny();
    if (receipt.isPresent()) {
      long took = attempt.tookNanos();
      String queue = attempt.entry().queue();
      engineMetrics.attempted(
          queue, provider(attempt.mail().orElseThrow()), outcome, receipt.get(), took);
      if (attempt.attemptHistory().attempts() + attempt.attemptHistory().uncountedFailures() == 0) {
        long sinceDue = System.currentTimeMillis() - attempt.date();
        engineMetrics.queue(queue).waited(sinceDue * 1_000_000 - took);
      }
    }
  }

  /** The outcome is written by this worker. */
  void settled(Attempt attempt, Outcome outcome) {
    QueueMetrics queue = engineMetrics.queue(attempt.entry().queue());
    if (attempt.isFirst()) {
      queue.add(QueueMetrics.Count.ENQUEUED, 1);
    }
    queue.settled(outcome, System.currentTimeMillis() - attempt.date());
  }

  /** The provider of the first recipient: an attempt is counted once. */
  private static MailboxProvider provider(Mail mail) {
    List<Address> recipients =
        !mail.to().isEmpty() ? mail.to() : !mail.cc().isEmpty() ? mail.cc() : mail.bcc();
    return MailboxProvider.of(recipients.get(0));
  }
}
