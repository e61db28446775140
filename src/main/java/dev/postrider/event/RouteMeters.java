package dev.postrider.event;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.stream.IntStream;

/** What one engine counted in one queue on one route. One writer, any number of readers. */
public final class RouteMeters {

  private static final int PROVIDERS = Provider.values().length;
  private static final int RESULTS = AttemptResult.values().length;
  private static final int CLASSES = AttemptResult.REPLY_CLASSES.size();

  private final Counters attempts = new Counters(PROVIDERS * RESULTS * CLASSES);

  /** An attempt ended; only ever called by the one writer. */
  void tried(Provider provider, Outcome outcome, Receipt receipt) {
    AttemptResult result = AttemptResult.of(outcome, receipt);
    attempts.add(cell(provider, result, result.replyClass(receipt)), 1);
  }

  /**
   * @param replyClass place in {@link AttemptResult#REPLY_CLASSES}
   */
  public long attempts(Provider provider, AttemptResult result, int replyClass) {
    return attempts.get(cell(provider, result, replyClass));
  }

  /** Attempts for one provider, whatever they came to. */
  public long attempts(Provider provider) {
    int from = cell(provider, AttemptResult.OK, 0);
    return IntStream.range(from, from + RESULTS * CLASSES).mapToLong(attempts::get).sum();
  }

  private static int cell(Provider provider, AttemptResult result, int replyClass) {
    return (provider.ordinal() * RESULTS + result.ordinal()) * CLASSES + replyClass;
  }
}
