package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;

/** Measures what waits in the queues: one script for each, of ten commands that search nothing. */
public final class Backlogs {

  private static final Script BACKLOG = Script.named("backlog");

  private final Link link;
  private final String prefix;

  /**
   * @param prefix of every key
   */
  public Backlogs(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** One for each queue, in the order given; at least one queue. */
  @CheckReturnValue
  public Uni<List<Backlog>> measure(List<String> queues) {
    return Uni.join().all(queues.stream().map(this::measure).toList()).andFailFast();
  }

  private Uni<Backlog> measure(String queue) {
    Keys keys = new Keys(prefix, queue);
    return BACKLOG
        .on(keys.ready(), keys.schedule(), keys.dead(), keys.held(), keys.paused())
        .arg(Keys.GROUP)
        .run(link)
        .map(reply -> read(queue, reply));
  }

  private static Backlog read(String queue, Response reply) {
    return new Backlog(
        queue,
        reply.get(0).toLong(),
        reply.get(1).toLong(),
        Duration.ofMillis(reply.get(2).toLong()),
        Duration.ofMillis(reply.get(3).toLong()),
        reply.get(4).toLong(),
        Duration.ofMillis(reply.get(5).toLong()),
        reply.get(6).toLong(),
        reply.get(7).toLong(),
        reply.get(8).toInteger() == 1);
  }
}
