package dev.postrider.queue;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Link;
import dev.postrider.redis.Script;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;

/**
 * Reads entries of the ready streams for one consumer. What it returns is pending until settled.
 */
public final class Reader {

  private static final Script PENDING = Script.named("pending");
  private static final Script UNTRIED = Script.named("untried");
  private static final String NEW_ENTRIES = ">";

  private final String prefix;
  private final String consumer;

  public Reader(String prefix, String consumer) {
    this.prefix = prefix;
    this.consumer = consumer;
  }

  /** At most {@code count} new entries of one queue, at once. */
  @CheckReturnValue
  public Uni<List<Entry>> poll(Link link, String queue, int count) {
    Request request = group(count).arg("STREAMS").arg(ready(queue)).arg(NEW_ENTRIES);
    return link.send(request).map(EntryReader::read);
  }

  /**
   * At most {@code count} new entries of each queue; waits up to {@code patience} for the first.
   */
  @CheckReturnValue
  public Uni<List<Entry>> await(Link link, List<String> queues, int count, Duration patience) {
    Request request = group(count).arg("BLOCK").arg(patience.toMillis()).arg("STREAMS");
    queues.forEach(queue -> request.arg(ready(queue)));
    queues.forEach(queue -> request.arg(NEW_ENTRIES));
    return link.send(request, patience).map(EntryReader::read);
  }

  /** At most {@code count} entries that are this consumer's already, after entry {@code after}. */
  @CheckReturnValue
  public Uni<List<Entry>> pending(Link link, String queue, String after, int count) {
    return PENDING
        .on(ready(queue))
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg(after)
        .arg(count)
        .run(link)
        .map(EntryReader::read);
  }

  /** Notes that entries were read but not tried, so that a restart is no death of their reader. */
  @CheckReturnValue
  public Uni<Void> untried(Link link, String queue, List<String> entries) {
    Script.Call call = UNTRIED.on(ready(queue)).arg(Keys.GROUP).arg(consumer).arg(Intents.MARK);
    entries.forEach(call::arg);
    return call.run(link).replaceWithVoid();
  }

  /**
   * Creates the group from the very beginning, so that nothing written earlier is missed. A key
   * that is no stream is left alone: reading it tells what is wrong.
   */
  @CheckReturnValue
  public Uni<Void> createGroup(Link link, String queue) {
    Request create =
        Request.cmd(Command.XGROUP)
            .arg("CREATE")
            .arg(ready(queue))
            .arg(Keys.GROUP)
            .arg("0")
            .arg("MKSTREAM");
    return link.send(create).onFailure(Reader::leaveIt).recoverWithNull().replaceWithVoid();
  }

  private Request group(int count) {
    return Request.cmd(Command.XREADGROUP)
        .arg("GROUP")
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg("COUNT")
        .arg(count);
  }

  private String ready(String queue) {
    return new Keys(prefix, queue).ready();
  }

  private static boolean leaveIt(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("BUSYGROUP") || message.startsWith("WRONGTYPE");
  }
}
