package dev.postrider.queue.consumer;

import dev.postrider.queue.Entry;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * Records in Redis that the final dot of a mail is about to leave. If the worker dies then, the new
 * owner knows that the server may have the mail; without the record it surely has not.
 */
public final class SendIntents {

  /** A delivery count from here on carries the record; below it, deaths of workers are counted. */
  public static final int RECORDED = 1_000_000;

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

  /** Emits false if the entry is no longer this consumer's; fails if Redis does not answer. */
  @CheckReturnValue
  public Uni<Boolean> record(Entry entry) {
    return INTEND
        .on(new Keys(prefix, entry.queue()).ready())
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg(entry.id())
        .arg(RECORDED)
        .run(link)
        .map(reply -> reply.toInteger() >= RECORDED);
  }
}
