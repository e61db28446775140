package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts queues: one script call per queue, all calls of one request in one write. */
public final class QueueStatsReader {

  private static final Script QUEUE_STATS = Script.withCommon("queue-stats");

  private final Link link;
  private final String prefix;

  /**
   * @param prefix of every key
   */
  public QueueStatsReader(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** One for each queue, in the order given; at least one queue. */
  @CheckReturnValue
  public Uni<List<QueueStats>> read(List<String> queues) {
    return Uni.join().all(queues.stream().map(this::read).toList()).andFailFast();
  }

  @CheckReturnValue
  public Uni<QueueStats> read(String queue) {
    Keys keys = new Keys(prefix, queue);
    Script.Call call =
        QUEUE_STATS
            .on(
                keys.ready(),
                keys.schedule(),
                keys.dead(),
                keys.held(),
                keys.totals(),
                keys.paused())
            .arg(Keys.GROUP);
    QueueStats.OUTCOMES.forEach(call::arg);
    return call.run(link).map(reply -> parse(queue, reply));
  }

  static QueueStats parse(String queue, Response reply) {
    Response ages = reply.get(7);
    String pause = reply.get(8).toString();
    return new QueueStats(
        queue,
        reply.get(0).toLong(),
        reply.get(1).toLong(),
        reply.get(2).toLong(),
        reply.get(3).toLong(),
        reply.get(4).toLong(),
        reply.get(5).toLong(),
        reply.get(6).toLong(),
        new QueueStats.Ages(millis(ages.get(0)), millis(ages.get(1)), millis(ages.get(2))),
        pause.isEmpty() ? Optional.empty() : Optional.of(QueuePause.parse(pause)),
        totals(reply.get(9)));
  }

  private static Duration millis(Response age) {
    return Duration.ofMillis(age.toLong());
  }

  private static Map<String, Long> totals(Response reply) {
    Map<String, Long> totals = new LinkedHashMap<>();
    for (int i = 0; i < reply.size(); i++) {
      totals.put(QueueStats.OUTCOMES.get(i), reply.get(i).toLong());
    }
    return totals;
  }
}
