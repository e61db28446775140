package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Pauses and resumes queues, for all workers at once. Mail in flight is still sent; mail that was
 * read but not checked yet stays pending until the queue is resumed.
 */
public final class QueuePauses {

  private final Link link;
  private final String prefix;

  /**
   * @param prefix of every key
   */
  public QueuePauses(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /**
   * Pauses a queue, or replaces its pause.
   *
   * @param length after which it ends by itself, at least 1 ms; empty until the queue is resumed
   */
  @CheckReturnValue
  public Uni<QueuePause> pause(String queue, String reason, Optional<Duration> length) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    QueuePause queuePause = new QueuePause(reason, Optional.of(now), length.map(now::plus));
    Request set =
        Request.cmd(Command.SET).arg(new Keys(prefix, queue).paused()).arg(queuePause.toJson());
    length.ifPresent(time -> set.arg("PX").arg(time.toMillis()));
    return link.send(set).replaceWith(queuePause);
  }

  /** Ends a pause; does nothing if the queue is not paused. */
  @CheckReturnValue
  public Uni<Void> resume(String queue) {
    Request delete = Request.cmd(Command.DEL).arg(new Keys(prefix, queue).paused());
    return link.send(delete).replaceWithVoid();
  }
}
