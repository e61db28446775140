package dev.postrider.worker.fetch;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which queues rest. A queue is found paused by the guards, before any of its mail is sent; here it
 * is found resumed, within a quarter of a second. Without an answer it rests on.
 */
public final class PausedQueues {

  private static final Duration REFRESH = Duration.ofMillis(250);

  private final Link link;
  private final String prefix;
  private final Set<String> resting = new HashSet<>();
  private long refreshedAt;

  public PausedQueues(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  Set<String> resting() {
    return Set.copyOf(resting);
  }

  void rest(String queue) {
    resting.add(queue);
  }

  /** Looks whether resting queues were resumed, unless it did so just now. */
  @CheckReturnValue
  Uni<Void> refresh() {
    if (resting.isEmpty() || System.nanoTime() - refreshedAt < REFRESH.toNanos()) {
      return Uni.createFrom().voidItem();
    }
    refreshedAt = System.nanoTime();
    List<Uni<Void>> looks = resting.stream().map(this::refresh).toList();
    return Uni.join().all(looks).andFailFast().replaceWithVoid();
  }

  private Uni<Void> refresh(String queue) {
    Request exists = Request.cmd(Command.EXISTS).arg(new Keys(prefix, queue).paused());
    return link.send(exists)
        .invoke(reply -> note(queue, reply.toInteger() == 1))
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull();
  }

  private void note(String queue, boolean paused) {
    if (!paused) {
      resting.remove(queue);
    }
  }
}
