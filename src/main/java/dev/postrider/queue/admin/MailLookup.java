package dev.postrider.queue.admin;

import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks one mail up: in the timelines, the schedule and, if its id is an entry's, the ready stream.
 * Its content stays in Redis.
 */
public final class MailLookup {

  private static final Script FIND = Script.named("find");

  private final Link link;
  private final String prefix;
  private final AttemptHistoryCodec codec = new AttemptHistoryCodec();

  /**
   * @param prefix of every key
   */
  public MailLookup(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** The queue that knows a mail, and what it knows; empty if none does. */
  @CheckReturnValue
  public Uni<Optional<MailLocation>> find(List<String> queues, String mailId) {
    return Uni.join()
        .all(queues.stream().map(queue -> find(queue, mailId)).toList())
        .andFailFast()
        .map(locations -> locations.stream().filter(MailLocation::isKnown).findFirst());
  }

  /** What is known of a mail in one queue. */
  @CheckReturnValue
  public Uni<MailLocation> find(String queue, String mailId) {
    Keys keys = new Keys(prefix, queue);
    return FIND.on(
            keys.ready(), keys.history(), keys.olderHistory(), keys.schedule(), keys.parked())
        .arg(Keys.GROUP)
        .arg(mailId)
        .run(link)
        .map(reply -> read(queue, reply));
  }

  private MailLocation read(String queue, Response reply) {
    String due = reply.get(1).toString();
    return new MailLocation(
        queue,
        reply.get(0).toString(),
        due.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(due)),
        attemptHistory(reply.get(2).toBytes()),
        MailLocation.EntryState.values()[reply.get(3).toInteger()]);
  }

  private Optional<AttemptHistory> attemptHistory(byte[] line) {
    try {
      return line.length == 0 ? Optional.empty() : Optional.of(codec.decode(line, ""));
    } catch (IOException foreign) {
      return Optional.empty();
    }
  }
}
