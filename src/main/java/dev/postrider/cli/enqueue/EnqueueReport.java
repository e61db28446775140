package dev.postrider.cli.enqueue;

import dev.postrider.cli.NumberFormat;
import dev.postrider.queue.enqueue.EnqueueResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the results of the mails of one command. */
final class EnqueueReport {

  private final String queue;
  private final int read;
  private final int refused;
  private int accepted;
  private int known;
  private int overLimit;
  private EnqueueResult last;

  /**
   * @param read mails in all
   * @param refused mails that are invalid
   */
  EnqueueReport(String queue, int read, int refused) {
    this.queue = queue;
    this.read = read;
    this.refused = refused;
  }

  void add(List<EnqueueResult> results) {
    for (EnqueueResult result : results) {
      switch (result.answer()) {
        case ACCEPTED -> accepted++;
        case DUPLICATE -> known++;
        case FULL -> overLimit++;
      }
      last = result;
    }
  }

  int read() {
    return read;
  }

  /** Mails that have a result. */
  int answered() {
    return accepted + known + overLimit;
  }

  /** Whether the queue has reached its limit. */
  boolean full() {
    return overLimit > 0;
  }

  Optional<EnqueueResult> last() {
    return Optional.ofNullable(last);
  }

  String sentence() {
    return "%s mails: %s added to %s, %s added before, %s invalid, %s over the limit of the queue"
        .formatted(
            NumberFormat.of(read),
            NumberFormat.of(accepted),
            queue,
            NumberFormat.of(known),
            NumberFormat.of(refused),
            NumberFormat.of(overLimit));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", queue);
    json.put("read", read);
    json.put("accepted", accepted);
    json.put("known", known);
    json.put("refused", refused);
    json.put("full", overLimit);
    return json;
  }
}
