package dev.postrider.cli.enqueue;

import dev.postrider.cli.NumberFormat;
import dev.postrider.queue.enqueue.EnqueueResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what the queue said to the mails of one command. */
final class EnqueueReport {

  private final String queue;
  private final int read;
  private final int refused;
  private int accepted;
  private int known;
  private int turnedAway;
  private EnqueueResult last;

  /**
   * @param read mails in all
   * @param refused those that break a rule
   */
  EnqueueReport(String queue, int read, int refused) {
    this.queue = queue;
    this.read = read;
    this.refused = refused;
  }

  void add(List<EnqueueResult> answers) {
    for (EnqueueResult answer : answers) {
      switch (answer.answer()) {
        case ACCEPTED -> accepted++;
        case DUPLICATE -> known++;
        case FULL -> turnedAway++;
      }
      last = answer;
    }
  }

  int read() {
    return read;
  }

  /** Mails of which the queue has said what becomes of them. */
  int answered() {
    return accepted + known + turnedAway;
  }

  /** True if the queue holds as many mails as it may. */
  boolean full() {
    return turnedAway > 0;
  }

  Optional<EnqueueResult> last() {
    return Optional.ofNullable(last);
  }

  String sentence() {
    return "%s mails: %s accepted in %s, %s there already, %s refused, %s found the queue full"
        .formatted(
            NumberFormat.of(read),
            NumberFormat.of(accepted),
            queue,
            NumberFormat.of(known),
            NumberFormat.of(refused),
            NumberFormat.of(turnedAway));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("queue", queue);
    json.put("read", read);
    json.put("accepted", accepted);
    json.put("known", known);
    json.put("refused", refused);
    json.put("full", turnedAway);
    return json;
  }
}
