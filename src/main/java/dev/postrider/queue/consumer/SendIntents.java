package dev.postrider.queue.consumer;

import dev.postrider.queue.Entry;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;

/**
 * Notes in Redis that the end of a mail is about to leave. Should the worker die then, its heir
 * knows that the server may have the mail; without the note it surely has not.
 */
public final class SendIntents {

  /** A count of deliveries from here on bears the note; the deaths of readers are counted below. */
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
