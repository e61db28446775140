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
 * Pauses and resumes queues, for all workers at once. Mail in flight goes on; mail that was read
 * but not checked stays pending until the queue resumes.
 */
public final class QueuePauses {

  private final Link link;
  private final String prefix;
  private final QueuePauseCodec codec = new QueuePauseCodec();

  /**
   * @param prefix of every key
   */
  public QueuePauses(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /**
   * Pauses a queue; a pause that holds already is replaced.
   *
   * @param length after which it ends by itself, at least 1 ms; without one it has to be ended
   */
  @CheckReturnValue
  public Uni<QueuePause> pause(String queue, String reason, Optional<Duration> length) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    QueuePause queuePause = new QueuePause(reason, Optional.of(now), length.map(now::plus));
    Request set =
        Request.cmd(Command.SET)
            .arg(new Keys(prefix, queue).paused())
            .arg(codec.encode(queuePause));
    length.ifPresent(time -> set.arg("PX").arg(time.toMillis()));
    return link.send(set).replaceWith(queuePause);
  }

  /** Ends a pause; a queue that is not paused stays as it is. */
  @CheckReturnValue
  public Uni<Void> resume(String queue) {
    Request delete = Request.cmd(Command.DEL).arg(new Keys(prefix, queue).paused());
    return link.send(delete).replaceWithVoid();
  }
}
