package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/**
 * Counts mail that another client removed from a ready stream before it was settled, as {@code XADD
 * … MAXLEN} does without a word. What was removed while a worker had it is not among it: that mail
 * is sent, or dead with the reason {@code invalid}.
 */
public final class TrimCounter {

  private static final Script TRIMMED = Script.named("trimmed");

  /** The outcome of mail that was not tried; no total that is shown, but it leaves the stream. */
  private static final String PARKED = "parked";

  private final Link link;
  private final String prefix;

  /**
   * @param prefix of every key
   */
  public TrimCounter(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** How many of a queue, exactly; empty before Redis 7.0, which does not tell. */
  @CheckReturnValue
  public Uni<OptionalLong> count(String queue) {
    Keys keys = new Keys(prefix, queue);
    Script.Call call = TRIMMED.on(keys.ready(), keys.totals());
    QueueStats.OUTCOMES.forEach(call::arg);
    call.arg(PARKED);
    return call.run(link).map(reply -> read(reply.toLong()));
  }

  private static OptionalLong read(long count) {
    return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
