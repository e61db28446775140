package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts queues: one command for each, all of one request in one write. */
public final class QueueView {

  /** The outcomes that are counted, in the order in which people read them. */
  public static final List<String> OUTCOMES =
      List.of("sent", "skipped", "scheduled", "deferred", "dead", "held");

  private static final Script DEPTHS = Script.named("depths");

  /** Replies before the totals. */
  private static final int COUNTS = 8;

  private final Link link;
  private final String prefix;
  private final QueuePauseCodec codec = new QueuePauseCodec();

  /**
   * @param prefix of every key
   */
  public QueueView(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** The depths of each queue, in the order given; at least one queue. */
  @CheckReturnValue
  public Uni<List<Depths>> depths(List<String> queues) {
    return Uni.join().all(queues.stream().map(this::depths).toList()).andFailFast();
  }

  /** The depths of one queue. */
  @CheckReturnValue
  public Uni<Depths> depths(String queue) {
    Keys keys = new Keys(prefix, queue);
    Script.Call call =
        DEPTHS.on(
            keys.ready(), keys.schedule(), keys.dead(), keys.held(), keys.totals(), keys.paused());
    call.arg(Keys.GROUP);
    OUTCOMES.forEach(call::arg);
    return call.run(link).map(reply -> read(queue, reply));
  }

  private Depths read(String queue, Response reply) {
    return new Depths(
        queue,
        reply.get(0).toLong(),
        reply.get(1).toLong(),
        reply.get(2).toLong(),
        reply.get(3).toLong(),
        reply.get(4).toLong(),
        reply.get(5).toLong(),
        pause(reply.get(6).toString()),
        reply.get(7).toLong(),
        totals(reply));
  }

  private Optional<QueuePause> pause(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(codec.decode(value));
  }

  private static Map<String, Long> totals(Response reply) {
    Map<String, Long> totals = new LinkedHashMap<>();
    for (int i = 0; i < OUTCOMES.size(); i++) {
      totals.put(OUTCOMES.get(i), reply.get(COUNTS + i).toLong());
    }
    return totals;
  }
}
