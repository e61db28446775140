package dev.postrider.event;

import java.util.Arrays;
import java.util.List;

/**
 * How long something took: how often within each of a few bounds, and the sum. One writer, any
 * number of readers.
 */
public final class Histogram {

  /**
   * For an answer that a caller waits for: 1 ms to 10 minutes, the longest that RFC 5321 grants.
   */
  static final List<Double> ATTEMPT_SECONDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 600.0);

  /** For a mail that may wait its turn, or for its next attempt: 10 ms to 4 hours. */
  static final List<Double> MAIL_SECONDS =
      List.of(0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 1_800.0, 14_400.0);

  private static final double NANOS = 1e9;

  private final List<Double> seconds;
  private final long[] bounds;
  private final Counters counts;
  private final int sum;

  /**
   * @param seconds upper bounds, ascending; beyond the last there is one more bucket
   */
  Histogram(List<Double> seconds) {
    this.seconds = seconds;
    this.bounds = seconds.stream().mapToLong(bound -> Math.round(bound * NANOS)).toArray();
    this.sum = bounds.length + 1;
    this.counts = new Counters(sum + 1);
  }

  /**
   * @param nanos below 0 counts as 0: two clocks may disagree
   */
  void record(long nanos) {
    long took = Math.max(0, nanos);
    int bucket = 0;
    while (bucket < bounds.length && took > bounds[bucket]) {
      bucket++;
    }
    counts.add(bucket, 1);
    counts.add(sum, took);
  }

  /**
   * What several writers recorded, at one moment.
   *
   * @param bounds upper bounds in seconds, ascending
   * @param counts how many fell into each bucket, not cumulated; one more than there are bounds
   * @param seconds all durations together
   */
  public record Totals(List<Double> bounds, List<Long> counts, double seconds) {}

  /** Takes spreads of the same bounds together; at least one. */
  public static Totals sum(List<Histogram> histograms) {
    Histogram first = histograms.get(0);
    long[] counts = new long[first.sum];
    long nanos = 0;
    for (Histogram histogram : histograms) {
      for (int bucket = 0; bucket < counts.length; bucket++) {
        counts[bucket] += histogram.counts.get(bucket);
      }
      nanos += histogram.counts.get(histogram.sum);
    }
    return new Totals(first.seconds, Arrays.stream(counts).boxed().toList(), nanos / NANOS);
  }
}
