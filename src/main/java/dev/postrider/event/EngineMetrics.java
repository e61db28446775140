package dev.postrider.event;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one engine measures. Only its event loop writes, any thread reads: no lock, and no memory
 * for a mail. Every key is there from the start, so that nothing grows with what producers write.
 */
public final class EngineMetrics {

  private final Map<String, QueueMetrics> queues;
  private final Map<MailboxProvider, Histogram> attemptTime = new EnumMap<>(MailboxProvider.class);

  public EngineMetrics(Collection<String> queues, Collection<String> routes) {
    this.queues =
        Map.copyOf(queues.stream().collect(toMap(identity(), name -> new QueueMetrics(routes))));
    for (MailboxProvider mailboxProvider : MailboxProvider.values()) {
      attemptTime.put(mailboxProvider, new Histogram(Histogram.ATTEMPT_SECONDS));
    }
  }

  /** An attempt came to its outcome, so long after its mail was read. */
  public void attempted(
      String queue, MailboxProvider mailboxProvider, Outcome outcome, Receipt receipt, long nanos) {
    attemptTime.get(mailboxProvider).record(nanos);
    queues.get(queue).attempted(mailboxProvider, outcome, receipt);
  }

  public QueueMetrics queue(String name) {
    return queues.get(name);
  }

  /** From reading a mail to the server's answer. */
  public Histogram attemptTime(MailboxProvider mailboxProvider) {
    return attemptTime.get(mailboxProvider);
  }
}
