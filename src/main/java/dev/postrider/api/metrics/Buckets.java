package dev.postrider.api.metrics;

import dev.postrider.event.Spread;
import java.util.Arrays;

/** Writes durations the way Prometheus wants them: buckets that include the smaller ones. */
final class Buckets {

  private Buckets() {}

  /**
   * @param labels names and values in turn
   */
  static void add(Family family, Spread.Sum sum, String... labels) {
    long upToHere = 0;
    for (int bucket = 0; bucket < sum.counts().size(); bucket++) {
      upToHere += sum.counts().get(bucket);
      boolean last = bucket == sum.bounds().size();
      String bound = last ? "+Inf" : Double.toString(sum.bounds().get(bucket));
      family.addPart("_bucket", upToHere, with(labels, bound));
    }
    family.addPart("_count", upToHere, labels);
    family.addPart("_sum", sum.seconds(), labels);
  }

  private static String[] with(String[] labels, String bound) {
    String[] all = Arrays.copyOf(labels, labels.length + 2);
    all[labels.length] = "le";
    all[labels.length + 1] = bound;
    return all;
  }
}
