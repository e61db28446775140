package dev.postrider.queue.consumer;

import dev.postrider.queue.Entry;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * Records in Redis that the final dot of a mail is about to leave. If the worker dies then, the new
 * owner knows that the server may have the mail; without the record it surely has not. Redis
 * records it only for the owner of the entry, while its lease is there, and only if no other owner
 * has recorded an intent in between.
 */
public final class SendIntents {

  private static final Script INTEND = Script.named("intend");

  private final Link link;
  private final String prefix;
  private final String consumer;

  /**
   * @param prefix of every key
   * @param consumer whose entries they are
   */
  public SendIntents(Link link, String prefix, String consumer) {
    this.link = link;
    this.prefix = prefix;
    this.consumer = consumer;
  }

  /** Emits false if the entry may be another's; fails if Redis does not answer. */
  @CheckReturnValue
  public Uni<Boolean> record(Entry entry) {
    Keys keys = new Keys(prefix, entry.queue());
    return INTEND
        .on(keys.ready(), keys.lease(consumer))
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg(entry.id())
        .arg(DeliveryCount.MARK)
        .arg(entry.term().writtenToken())
        .run(link)
        .map(reply -> reply.toInteger() > 0);
  }
}
