package dev.postrider.queue;

import dev.postrider.queue.consumer.SendIntents;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/**
 * Reads entries of the ready streams for one consumer. What it returns is pending until settled;
 * what a newer version wrote it does not return, but leaves to workers that know it.
 */
public final class GroupReader {

  private static final Script PENDING = Script.named("pending");
  private static final Script UNTRIED = Script.named("untried");
  private static final Script KEEP_FOR_NEWER = Script.named("leave");
  private static final String NEW_ENTRIES = ">";

  private final String prefix;
  private final String consumer;
  private final ObjIntConsumer<String> newerFormat;

  public GroupReader(String prefix, String consumer) {
    this(prefix, consumer, (queue, entries) -> {});
  }

  /**
   * @param left told the queue and how many entries of it were left to newer workers
   */
  public GroupReader(String prefix, String consumer, ObjIntConsumer<String> left) {
    this.prefix = prefix;
    this.consumer = consumer;
    this.newerFormat = left;
  }

  /** At most {@code count} new entries of one queue, at once. */
  @CheckReturnValue
  public Uni<List<Entry>> poll(Link link, String queue, int count) {
    Request request = readGroup(count).arg("STREAMS").arg(readyKey(queue)).arg(NEW_ENTRIES);
    return link.send(request).map(EntryParser::parse).chain(read -> withoutNewer(link, read));
  }

  /** At most {@code count} new entries of each queue; waits up to {@code timeout} for the first. */
  @CheckReturnValue
  public Uni<List<Entry>> await(Link link, List<String> queues, int count, Duration timeout) {
    Request request = readGroup(count).arg("BLOCK").arg(timeout.toMillis()).arg("STREAMS");
    queues.forEach(queue -> request.arg(readyKey(queue)));
    queues.forEach(queue -> request.arg(NEW_ENTRIES));
    return link.send(request, timeout)
        .map(EntryParser::parse)
        .chain(read -> withoutNewer(link, read));
  }

  /** At most {@code count} entries that are this consumer's already, after entry {@code after}. */
  @CheckReturnValue
  public Uni<List<Entry>> pending(Link link, String queue, String after, int count) {
    return PENDING
        .on(readyKey(queue))
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg(after)
        .arg(count)
        .run(link)
        .map(EntryParser::parse)
        .chain(read -> withoutNewerOrNextPage(link, queue, read, count));
  }

  /** A page of which everything was left says nothing about the pages behind it. */
  private Uni<List<Entry>> withoutNewerOrNextPage(
      Link link, String queue, List<Entry> read, int count) {
    return !read.isEmpty() && read.stream().allMatch(Entry::hasNewerFormat)
        ? withoutNewer(link, read)
            .chain(none -> pending(link, queue, read.get(read.size() - 1).id(), count))
        : withoutNewer(link, read);
  }

  /** What this version can read; the rest is left. If that fails it is found and left later. */
  private Uni<List<Entry>> withoutNewer(Link link, List<Entry> read) {
    if (read.stream().noneMatch(Entry::hasNewerFormat)) {
      return Uni.createFrom().item(read);
    }
    Map<String, List<Entry>> lots =
        read.stream()
            .filter(Entry::hasNewerFormat)
            .collect(Collectors.groupingBy(GroupReader::batchKey));
    List<Entry> known = read.stream().filter(entry -> !entry.hasNewerFormat()).toList();
    return Uni.join()
        .all(lots.values().stream().map(lot -> keepForNewer(link, lot)).toList())
        .andCollectFailures()
        .replaceWith(known)
        .onFailure()
        .recoverWithItem(known);
  }

  /** Entries that one call can leave. */
  private static String batchKey(Entry entry) {
    return entry.queue() + ' ' + entry.format();
  }

  private Uni<Void> keepForNewer(Link link, List<Entry> lot) {
    String queue = lot.get(0).queue();
    Script.Call call =
        KEEP_FOR_NEWER
            .on(readyKey(queue))
            .arg(Keys.GROUP)
            .arg(consumer)
            .arg(EntryFormat.consumerOf(lot.get(0).format()));
    lot.forEach(entry -> call.arg(entry.id()));
    return call.run(link)
        .invoke(reply -> newerFormat.accept(queue, reply.toInteger()))
        .replaceWithVoid();
  }

  /** Notes that entries were read but not tried, so that a restart is no death of their reader. */
  @CheckReturnValue
  public Uni<Void> markUntried(Link link, String queue, List<String> entries) {
    Script.Call call =
        UNTRIED.on(readyKey(queue)).arg(Keys.GROUP).arg(consumer).arg(SendIntents.RECORDED);
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
            .arg(readyKey(queue))
            .arg(Keys.GROUP)
            .arg("0")
            .arg("MKSTREAM");
    return link.send(create)
        .onFailure(GroupReader::needsNoGroup)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private Request readGroup(int count) {
    return Request.cmd(Command.XREADGROUP)
        .arg("GROUP")
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg("COUNT")
        .arg(count);
  }

  private String readyKey(String queue) {
    return new Keys(prefix, queue).ready();
  }

  private static boolean needsNoGroup(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.startsWith("BUSYGROUP") || message.startsWith("WRONGTYPE");
  }
}
