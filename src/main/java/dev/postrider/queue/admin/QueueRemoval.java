package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;

/**
 * Removes a queue with everything in it: for queues that were made for a trial. Leases and
 * idempotency keys go by themselves when their time is over.
 */
public final class QueueRemoval {

  private final Link link;
  private final String prefix;

  /**
   * @param prefix of every key
   */
  public QueueRemoval(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** Emits how many keys there were. */
  @CheckReturnValue
  public Uni<Integer> remove(String queue) {
    Keys keys = new Keys(prefix, queue);
    Request unlink = Request.cmd(Command.UNLINK);
    List.of(keys.ready(), keys.paused(), keys.consumers()).forEach(unlink::arg);
    keys.settleKeys().forEach(unlink::arg);
    return link.send(unlink).map(Response::toInteger);
  }
}
