package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.queue.GroupReader;
import dev.postrider.queue.PendingPage;
import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the queues of Redis, waiting reads on connections apart from all other commands. */
public final class RedisReads implements QueueReads {

  /** How long a read waits: short enough to drain and to notice a resumed queue soon. */
  static final Duration BLOCK = Duration.ofMillis(500);

  private final GroupReader groupReader;
  private final String prefix;
  private final Link commands;
  private final Map<String, Link> waiting;
  private final boolean onSeparateServers;
  private final Map<Link, Long> generations = new HashMap<>();

  /**
   * @param prefix of every key
   * @param commands never waits
   * @param waiting for each queue a link that may wait, the same for all if one server has them all
   */
  public RedisReads(
      GroupReader groupReader, String prefix, Link commands, Map<String, Link> waiting) {
    this.groupReader = groupReader;
    this.prefix = prefix;
    this.commands = commands;
    this.waiting = waiting;
    this.onSeparateServers = Set.copyOf(waiting.values()).size() > 1;
  }

  @Override
  @CheckReturnValue
  public Uni<List<Entry>> poll(String queue, int count) {
    return groupReader.poll(commands, queue, count);
  }

  @Override
  @CheckReturnValue
  public Uni<List<Entry>> await(List<String> queues, int count) {
    return groupReader.await(waiting.get(queues.get(0)), queues, count, BLOCK);
  }

  @Override
  @CheckReturnValue
  public Uni<PendingPage> pending(String queue, String after, int count, boolean suspect) {
    return groupReader.pending(commands, queue, after, count, suspect);
  }

  @Override
  public boolean holdsLease(String queue) {
    return groupReader.holdsLease(queue);
  }

  @Override
  @CheckReturnValue
  public Uni<Void> createGroup(String queue) {
    return groupReader.createGroup(commands, queue);
  }

  @Override
  @CheckReturnValue
  public Uni<Boolean> isPaused(String queue) {
    Request exists = Request.cmd(Command.EXISTS).arg(new Keys(prefix, queue).paused());
    return commands.send(exists).map(reply -> reply.toInteger() == 1);
  }

  @Override
  @CheckReturnValue
  public Uni<Void> markUntried(String queue, List<Entry> entries) {
    return groupReader.markUntried(commands, queue, entries.stream().map(Entry::id).toList());
  }

  @Override
  public boolean onSeparateServers() {
    return onSeparateServers;
  }

  @Override
  public boolean reconnected() {
    boolean replaced = reconnected(commands);
    for (Link link : waiting.values()) {
      replaced |= reconnected(link);
    }
    return replaced;
  }

  private boolean reconnected(Link link) {
    Long before = generations.put(link, link.generation());
    return before != null && before != 0 && before != link.generation();
  }
}
