package dev.postrider.chaos.witness;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;

/**
 * How far from their time scheduled mails were taken by the server, by one true clock.
 *
 * @param error in ms of each scheduled mail that was taken; below 0 if it came early
 */
public record Punctuality(LongSummaryStatistics error) {

  public static Punctuality of(Collection<AcceptedMails> written, Map<String, List<Long>> taken) {
    return new Punctuality(
        written.stream()
            .filter(mail -> mail.due() > 0 && taken.containsKey(mail.id()))
            .mapToLong(mail -> taken.get(mail.id()).get(0) - mail.due())
            .summaryStatistics());
  }

  /** How early or late the worst one was. */
  public Duration worst() {
    return Duration.ofMillis(Math.max(-error.getMin(), error.getMax()));
  }

  @Override
  public String toString() {
    return "of %,d scheduled mails the earliest came %,d ms before its time, the latest %,d ms after"
        .formatted(error.getCount(), Math.max(0, -error.getMin()), Math.max(0, error.getMax()));
  }
}
