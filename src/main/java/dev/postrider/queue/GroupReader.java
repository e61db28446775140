package dev.postrider.queue;

import dev.postrider.queue.consumer.DeliveryCount;
import dev.postrider.queue.consumer.LeaseTerm;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

  /** Most bytes of one page: Redis serves no other command meanwhile. */
  private static final int PAGE_BYTES_MAX = 16 * 1024 * 1024;

  private final String prefix;
  private final String consumer;
  private final Function<String, LeaseTerm> terms;
  private final ObjIntConsumer<String> newerFormat;

  /**
   * @param terms the present term of the consumer's lease, by queue
   * @param left told the queue and how many entries of it were left to newer workers
   */
  public GroupReader(
      String prefix,
      String consumer,
      Function<String, LeaseTerm> terms,
      ObjIntConsumer<String> left) {
    this.prefix = prefix;
    this.consumer = consumer;
    this.terms = terms;
    this.newerFormat = left;
  }

  /** True while entries that are asked for now may also be sent. */
  public boolean holdsLease(String queue) {
    return terms.apply(queue).holds();
  }

  /** At most {@code count} new entries of one queue, at once. */
  @CheckReturnValue
  public Uni<List<Entry>> poll(Link link, String queue, int count) {
    Request request = readGroup(count).arg("STREAMS").arg(readyKey(queue)).arg(NEW_ENTRIES);
    LeaseTerm term = terms.apply(queue);
    return link.send(request)
        .map(reply -> EntryParser.parse(reply, term))
        .chain(read -> withoutNewer(link, read));
  }

  /** At most {@code count} new entries of each queue; waits up to {@code timeout} for the first. */
  @CheckReturnValue
  public Uni<List<Entry>> await(Link link, List<String> queues, int count, Duration timeout) {
    Request request = readGroup(count).arg("BLOCK").arg(timeout.toMillis()).arg("STREAMS");
    queues.forEach(queue -> request.arg(readyKey(queue)));
    queues.forEach(queue -> request.arg(NEW_ENTRIES));
    Map<String, LeaseTerm> asked = queues.stream().collect(Collectors.toMap(q -> q, terms));
    return link.send(request, timeout)
        .map(reply -> EntryParser.parse(reply, asked::get))
        .chain(read -> withoutNewer(link, read));
  }

  /**
   * A page of entries that are this consumer's already; they count as started from now on.
   *
   * @param after the entry after which the page begins
   * @param count most entries
   * @param suspect whether a mail may be among them whose readers died again and again
   */
  @CheckReturnValue
  public Uni<PendingPage> pending(
      Link link, String queue, String after, int count, boolean suspect) {
    LeaseTerm term = terms.apply(queue);
    return PENDING
        .on(readyKey(queue))
        .arg(Keys.GROUP)
        .arg(consumer)
        .arg(after)
        .arg(count)
        .arg(PAGE_BYTES_MAX)
        .arg(DeliveryCount.MARK)
        .arg(DeliveryCount.SUSPECT)
        .arg(suspect ? 1 : 0)
        .run(link)
        .chain(reply -> pendingPage(link, reply, term));
  }

  private Uni<PendingPage> pendingPage(Link link, Response reply, LeaseTerm term) {
    String last = reply.get(1).toString();
    return withoutNewer(link, EntryParser.parse(reply.get(0), term))
        .map(entries -> new PendingPage(entries, last));
  }

  /** What this version can read; the rest is left. If that fails it is found and left later. */
  private Uni<List<Entry>> withoutNewer(Link link, List<Entry> read) {
    if (read.stream().noneMatch(Entry::hasNewerFormat)) {
      return Uni.createFrom().item(read);
    }
    Map<String, List<Entry>> batches =
        read.stream()
            .filter(Entry::hasNewerFormat)
            .collect(Collectors.groupingBy(GroupReader::batchKey));
    List<Entry> known = read.stream().filter(entry -> !entry.hasNewerFormat()).toList();
    return Uni.join()
        .all(batches.values().stream().map(batch -> keepForNewer(link, batch)).toList())
        .andCollectFailures()
        .replaceWith(known)
        .onFailure()
        .recoverWithItem(known);
  }

  /** Entries that one call can leave. */
  private static String batchKey(Entry entry) {
    return entry.queue() + ' ' + entry.format();
  }

  private Uni<Void> keepForNewer(Link link, List<Entry> batch) {
    String queue = batch.get(0).queue();
    Script.Call call =
        KEEP_FOR_NEWER
            .on(readyKey(queue))
            .arg(Keys.GROUP)
            .arg(consumer)
            .arg(EntryFormat.consumerOf(batch.get(0).format()))
            .arg(DeliveryCount.MARK);
    batch.forEach(entry -> call.arg(entry.id()));
    return call.run(link)
        .invoke(reply -> newerFormat.accept(queue, reply.toInteger()))
        .replaceWithVoid();
  }

  /** Notes that entries were read but not tried, so that a restart is no death of their reader. */
  @CheckReturnValue
  public Uni<Void> markUntried(Link link, String queue, List<String> entries) {
    Script.Call call = UNTRIED.on(readyKey(queue)).arg(Keys.GROUP).arg(consumer);
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
