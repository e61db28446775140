package dev.postrider.api.metrics;

import java.util.ArrayList;
import java.util.List;

/** The samples of one metric in one scrape. Not thread-safe. */
final class MetricFamily {

  private final Metric metric;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * One value.
   *
   * @param suffix added to the family's name
   * @param labels names and values in turn
   */
  record Sample(String suffix, List<String> labels, double value) {}

  MetricFamily(Metric metric) {
    this.metric = metric;
  }

  /**
   * @param labels names and values in turn
   */
  MetricFamily add(double value, String... labels) {
    String suffix = metric.kind() == Metric.Kind.COUNTER ? "_total" : "";
    return addPart(suffix, value, labels);
  }

  /** Adds a sample of a histogram. */
  MetricFamily addPart(String suffix, double value, String... labels) {
    samples.add(new Sample(suffix, List.of(labels), value));
    return this;
  }

  Metric metric() {
    return metric;
  }

  List<Sample> samples() {
    return samples;
  }
}
