package dev.postrider.api.metrics;

import dev.postrider.event.Histogram;
import java.util.Arrays;

/** Writes a histogram as Prometheus expects it: each bucket includes the smaller ones. */
final class Buckets {

  private Buckets() {}

  /**
   * @param labels names and values in turn
   */
  static void add(MetricFamily metricFamily, Histogram.Totals totals, String... labels) {
    long cumulative = 0;
    for (int bucket = 0; bucket < totals.counts().size(); bucket++) {
      cumulative += totals.counts().get(bucket);
      boolean last = bucket == totals.bounds().size();
      String bound = last ? "+Inf" : Double.toString(totals.bounds().get(bucket));
      metricFamily.addPart("_bucket", cumulative, with(labels, bound));
    }
    metricFamily.addPart("_count", cumulative, labels);
    metricFamily.addPart("_sum", totals.seconds(), labels);
  }

  private static String[] with(String[] labels, String bound) {
    String[] all = Arrays.copyOf(labels, labels.length + 2);
    all[labels.length] = "le";
    all[labels.length + 1] = bound;
    return all;
  }
}
