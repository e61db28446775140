package dev.postrider.api.metrics;

import dev.postrider.queue.Backlog;
import dev.postrider.redis.ServerFacts;
import dev.postrider.worker.TrimWatch;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The numbers that Redis holds for all workers. What is not known is left out, not zero. */
@Singleton
final class GroupFamilies {

  private final BacklogWatch watch;
  private final TrimWatch trims;

  GroupFamilies(BacklogWatch watch, TrimWatch trims) {
    this.watch = watch;
    this.trims = trims;
  }

  List<Family> families() {
    List<Family> families = new ArrayList<>(ofQueues(watch.queues()));
    families.add(trimmed());
    families.addAll(ofServer(watch.server()));
    return families;
  }

  private Family trimmed() {
    Family family = new Family(Metric.TRIMMED);
    trims.counts().forEach((queue, count) -> family.add(count, "queue", queue));
    return family;
  }

  private static List<Family> ofQueues(List<Backlog> queues) {
    return List.of(
        family(Metric.STREAM_LAG, queues, Backlog::unread),
        family(Metric.PENDING, queues, Backlog::pending),
        family(Metric.OLDEST_WAITING_SECONDS, queues, one -> seconds(one.oldestUnread())),
        family(Metric.OLDEST_UNSETTLED_SECONDS, queues, one -> seconds(one.oldest())),
        family(Metric.SCHEDULED, queues, Backlog::scheduled),
        family(Metric.SCHEDULED_OVERDUE_SECONDS, queues, one -> seconds(one.overdue())),
        family(Metric.DEAD, queues, Backlog::dead),
        family(Metric.HELD, queues, Backlog::held),
        family(Metric.QUEUE_PAUSED, queues, one -> one.paused() ? 1 : 0));
  }

  private static Family family(
      Metric metric, List<Backlog> queues, ToDoubleFunction<Backlog> what) {
    Family family = new Family(metric);
    queues.forEach(one -> family.add(what.applyAsDouble(one), "queue", one.queue()));
    return family;
  }

  private static double seconds(Duration age) {
    return age.toMillis() / 1e3;
  }

  private static List<Family> ofServer(Optional<ServerFacts> server) {
    return List.of(
        family(Metric.REDIS_MEMORY_USED_BYTES, server, facts -> facts.memory().used()),
        family(Metric.REDIS_MEMORY_MAX_BYTES, server, facts -> facts.memory().max()),
        family(Metric.REDIS_UNFIT, server, facts -> facts.unfit().isPresent() ? 1 : 0),
        family(Metric.REDIS_DISK_FAILING, server, facts -> facts.persistence().failing() ? 1 : 0),
        family(
            Metric.REDIS_CLOCK_AHEAD_SECONDS,
            server,
            facts -> facts.clockAhead().toMillis() / 1e3));
  }

  private static Family family(
      Metric metric, Optional<ServerFacts> server, ToDoubleFunction<ServerFacts> what) {
    Family family = new Family(metric);
    server.ifPresent(facts -> family.add(what.applyAsDouble(facts)));
    return family;
  }
}
