package dev.postrider.event;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.stream.IntStream;

/** What one engine counted in one queue on one route. One writer, any number of readers. */
public final class RouteMetrics {

  private static final int PROVIDERS = MailboxProvider.values().length;
  private static final int RESULTS = AttemptLabel.values().length;
  private static final int CLASSES = AttemptLabel.REPLY_CLASSES.size();

  private final Counters attempts = new Counters(PROVIDERS * RESULTS * CLASSES);

  /** An attempt ended; only ever called by the one writer. */
  void attempted(MailboxProvider mailboxProvider, Outcome outcome, Receipt receipt) {
    AttemptLabel result = AttemptLabel.of(outcome, receipt);
    attempts.add(cell(mailboxProvider, result, result.replyClass(receipt)), 1);
  }

  /**
   * @param replyClass place in {@link AttemptLabel#REPLY_CLASSES}
   */
  public long attempts(MailboxProvider mailboxProvider, AttemptLabel result, int replyClass) {
    return attempts.get(cell(mailboxProvider, result, replyClass));
  }

  /** Attempts for one provider, whatever they came to. */
  public long attempts(MailboxProvider mailboxProvider) {
    int from = cell(mailboxProvider, AttemptLabel.OK, 0);
    return IntStream.range(from, from + RESULTS * CLASSES).mapToLong(attempts::get).sum();
  }

  private static int cell(MailboxProvider mailboxProvider, AttemptLabel result, int replyClass) {
    return (mailboxProvider.ordinal() * RESULTS + result.ordinal()) * CLASSES + replyClass;
  }
}
