package dev.postrider.api.metrics;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.prometheus.client.Collector;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds Postrider's metrics to {@code /q/metrics}. They are collected at each scrape. Only this
 * class uses the Prometheus library.
 */
@Singleton
@SuppressWarnings("deprecation") // The registry that Quarkus's extension makes is the older one.
final class PrometheusCollector {

  private final PrometheusMeterRegistry registry;
  private final WorkerMetrics worker;
  private final QueueGroupMetrics group;
  private final RouteHealthMetrics routes;

  PrometheusCollector(
      PrometheusMeterRegistry registry,
      WorkerMetrics worker,
      QueueGroupMetrics group,
      RouteHealthMetrics routes) {
    this.registry = registry;
    this.worker = worker;
    this.group = group;
    this.routes = routes;
  }

  void start(@Observes StartupEvent event) {
    registry.getPrometheusRegistry().register(new Families());
  }

  private final class Families extends Collector {

    @Override
    public List<MetricFamilySamples> collect() {
      return Stream.of(worker.families(), routes.families(), group.families())
          .flatMap(List::stream)
          .map(PrometheusCollector::translate)
          .toList();
    }
  }

  private static Collector.MetricFamilySamples translate(MetricFamily metricFamily) {
    Metric metric = metricFamily.metric();
    return new Collector.MetricFamilySamples(
        metric.family(),
        Collector.Type.valueOf(metric.kind().name()),
        metric.help(),
        metricFamily.samples().stream().map(sample -> translate(metric.family(), sample)).toList());
  }

  private static Collector.MetricFamilySamples.Sample translate(
      String name, MetricFamily.Sample sample) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < sample.labels().size(); i += 2) {
      names.add(sample.labels().get(i));
      values.add(sample.labels().get(i + 1));
    }
    return new Collector.MetricFamilySamples.Sample(
        name + sample.suffix(), names, values, sample.value());
  }
}
