package dev.postrider.api.metrics;

import dev.postrider.queue.admin.QueueStats;
import dev.postrider.redis.health.ServerInfo;
import dev.postrider.worker.monitor.TrimMonitor;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The metrics of the queues and of Redis. An unknown value is left out, not zero. */
@Singleton
final class QueueGroupMetrics {

  private final BacklogSampler sampler;
  private final TrimMonitor trims;

  QueueGroupMetrics(BacklogSampler sampler, TrimMonitor trims) {
    this.sampler = sampler;
    this.trims = trims;
  }

  List<MetricFamily> families() {
    List<MetricFamily> families = new ArrayList<>(ofQueues(sampler.queues()));
    families.add(trimmed());
    families.addAll(ofServer(sampler.server()));
    return families;
  }

  private MetricFamily trimmed() {
    MetricFamily metricFamily = new MetricFamily(Metric.TRIMMED);
    trims.counts().forEach((queue, count) -> metricFamily.add(count, "queue", queue));
    return metricFamily;
  }

  private static List<MetricFamily> ofQueues(List<QueueStats> queues) {
    return List.of(
        family(Metric.STREAM_LAG, queues, QueueStats::ready),
        family(Metric.PENDING, queues, QueueStats::pending),
        family(Metric.OLDEST_WAITING_SECONDS, queues, one -> seconds(one.ages().oldestReady())),
        family(Metric.OLDEST_UNSETTLED_SECONDS, queues, one -> seconds(one.ages().oldest())),
        family(Metric.SCHEDULED, queues, QueueStats::scheduled),
        family(
            Metric.SCHEDULED_OVERDUE_SECONDS, queues, one -> seconds(one.ages().longestOverdue())),
        family(Metric.DEAD, queues, QueueStats::dead),
        family(Metric.HELD, queues, QueueStats::held),
        family(Metric.QUEUE_PAUSED, queues, one -> one.pause().isPresent() ? 1 : 0));
  }

  private static MetricFamily family(
      Metric metric, List<QueueStats> queues, ToDoubleFunction<QueueStats> what) {
    MetricFamily metricFamily = new MetricFamily(metric);
    queues.forEach(one -> metricFamily.add(what.applyAsDouble(one), "queue", one.queue()));
    return metricFamily;
  }

  private static double seconds(Duration age) {
    return age.toMillis() / 1e3;
  }

  private static List<MetricFamily> ofServer(Optional<ServerInfo> server) {
    return List.of(
        family(Metric.REDIS_MEMORY_USED_BYTES, server, serverInfo -> serverInfo.memory().used()),
        family(Metric.REDIS_MEMORY_MAX_BYTES, server, serverInfo -> serverInfo.memory().max()),
        family(
            Metric.REDIS_UNFIT, server, serverInfo -> serverInfo.rejection().isPresent() ? 1 : 0),
        family(
            Metric.REDIS_DISK_FAILING,
            server,
            serverInfo -> serverInfo.persistence().failing() ? 1 : 0),
        family(
            Metric.REDIS_CLOCK_AHEAD_SECONDS,
            server,
            serverInfo -> serverInfo.clockAhead().toMillis() / 1e3));
  }

  private static MetricFamily family(
      Metric metric, Optional<ServerInfo> server, ToDoubleFunction<ServerInfo> what) {
    MetricFamily metricFamily = new MetricFamily(metric);
    server.ifPresent(serverInfo -> metricFamily.add(what.applyAsDouble(serverInfo)));
    return metricFamily;
  }
}
