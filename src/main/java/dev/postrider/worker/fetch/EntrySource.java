package dev.postrider.worker.fetch;

import dev.postrider.queue.Entry;
import dev.postrider.queue.GroupReader;
import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import dev.postrider.worker.Engine;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Where the next entries come from: first what is pending already and not in flight (a reply may
 * have been lost, or another worker's mail was taken over), then queues that are known to have
 * more, then whichever queue gets something first.
 */
public final class EntrySource {

  private static final Logger LOG = Logger.getLogger(EntrySource.class);

  /** Most entries of one reply: it is one piece of memory and one piece of Redis's time. */
  private static final int BATCH_MAX = 200;

  /** How long a read waits: short enough to drain and to notice a resumed queue soon. */
  private static final Duration BLOCK = Duration.ofMillis(500);

  private static final Duration READ_AGAIN = Duration.ofMinutes(5);

  private final GroupReader groupReader;
  private final Link commands;
  private final Map<String, Link> waiting;
  private final boolean spread;
  private final BlockingReads blockingReads = new BlockingReads(this::hear);
  private final List<String> queues;
  private final WeightedShares weightedShares;
  private final PausedQueues pausedQueues;
  private final QueueCooldown queueCooldown = new QueueCooldown();
  private final Map<String, String> readAgainAfter = new LinkedHashMap<>();
  private final Map<Link, Long> generations = new HashMap<>();
  private long readAgainAt = System.nanoTime();
  private int turn;

  /**
   * @param links of the engine: pipelined reads never wait, the others wait for the first entry
   * @param weights by queue, each at least 1
   * @param pausedQueues of these queues
   */
  public EntrySource(
      GroupReader groupReader,
      Engine.Links links,
      Map<String, Integer> weights,
      PausedQueues pausedQueues) {
    this.groupReader = groupReader;
    this.commands = links.commands();
    this.waiting = links.waiting();
    this.spread = Set.copyOf(waiting.values()).size() > 1;
    this.queues = List.copyOf(weights.keySet());
    this.weightedShares = new WeightedShares(weights);
    this.pausedQueues = pausedQueues;
  }

  /** Slots that must be free for a read to be worth while. */
  int wanted() {
    return queues.size() + blockingReads.reserved();
  }

  /** What is still to come when no more is read: waits that are under way. */
  @CheckReturnValue
  Uni<List<Entry>> finish() {
    return blockingReads.last();
  }

  /** True if some queue probably has more than was read. */
  boolean hungry() {
    return weightedShares.anyHungry(queues);
  }

  /** Reads this consumer's pending entries of a queue once more, except those in flight. */
  public void readAgain(String queue) {
    readAgainAfter.put(queue, "0");
  }

  /**
   * Leaves a paused queue alone until it is resumed, then reads what is pending of it again.
   *
   * @param entries that were read and not tried
   */
  void rest(String queue, List<Entry> entries) {
    pausedQueues.rest(queue);
    readAgain(queue);
    groupReader
        .markUntried(commands, queue, entries.stream().map(Entry::id).toList())
        .subscribe()
        .with(
            done -> LOG.tracef("%d mails of queue %s set aside", entries.size(), queue),
            failure -> LOG.debugf("Not noted as untried: %s.", failure.getMessage()));
  }

  /** At most as many entries as there are slots; an empty list if nothing came in time. */
  @CheckReturnValue
  Uni<List<Entry>> next(Slots slots) {
    return pausedQueues.refresh().chain(() -> read(slots));
  }

  private Uni<List<Entry>> read(Slots slots) {
    noticeLostReplies();
    if (blockingReads.heard()) {
      return unknown(just(blockingReads.take()), slots);
    }
    int free = Math.min(slots.free() - blockingReads.reserved(), BATCH_MAX);
    Set<String> absent = new HashSet<>(pausedQueues.resting());
    absent.addAll(queueCooldown.patients());
    List<String> awake = queues.stream().filter(queue -> !absent.contains(queue)).toList();
    if (free <= 0 || awake.isEmpty()) {
      return nothing();
    }
    return awake.stream()
        .filter(readAgainAfter::containsKey)
        .findFirst()
        .map(queue -> pending(queue, free, slots))
        .orElseGet(() -> unknown(fresh(free, awake, absent), slots));
  }

  private Uni<List<Entry>> unknown(Uni<List<Entry>> read, Slots slots) {
    return read.map(entries -> onlyNew(entries, slots));
  }

  /**
   * A group that was lost and made again hands out what is in flight here. Such an entry is ours
   * again, and its flight settles it; should that have happened already, it is found when what is
   * pending is read again.
   */
  private List<Entry> onlyNew(List<Entry> entries, Slots slots) {
    List<Entry> unknown = notInFlight(entries, slots);
    if (unknown.size() < entries.size()) {
      entries.stream().map(Entry::queue).distinct().forEach(this::readAgain);
    }
    return unknown;
  }

  private Uni<List<Entry>> nothing() {
    return Uni.createFrom().item(List.<Entry>of()).onItem().delayIt().by(BLOCK.dividedBy(5));
  }

  /**
   * A connection that was made anew may have lost a reply: its entries are pending, unread. The
   * same is looked for now and then without cause, as the net behind all others.
   */
  private void noticeLostReplies() {
    if (System.nanoTime() - readAgainAt > READ_AGAIN.toNanos()) {
      readAgainAt = System.nanoTime();
      queues.forEach(this::readAgain);
    }
    notice(commands);
    waiting.values().forEach(this::notice);
  }

  private void notice(Link link) {
    Long before = generations.put(link, link.generation());
    if (before != null && before != 0 && before != link.generation()) {
      queues.forEach(this::readAgain);
    }
  }

  private Uni<List<Entry>> pending(String queue, int free, Slots slots) {
    String after = readAgainAfter.get(queue);
    return groupReader
        .pending(commands, queue, after, free)
        .invoke(entries -> advance(queue, entries))
        .map(entries -> notInFlight(entries, slots))
        .onFailure(this::concernsOneQueue)
        .recoverWithUni(refusal -> refused(queue, refusal));
  }

  private static List<Entry> notInFlight(List<Entry> entries, Slots slots) {
    return entries.stream().filter(entry -> !slots.holds(entry)).toList();
  }

  private void advance(String queue, List<Entry> entries) {
    if (entries.isEmpty()) {
      readAgainAfter.remove(queue);
    } else {
      readAgainAfter.put(queue, entries.get(entries.size() - 1).id());
    }
  }

  private Uni<List<Entry>> fresh(int free, List<String> awake, Set<String> absent) {
    Set<String> left = new HashSet<>(absent);
    left.addAll(blockingReads.listening());
    List<String> deaf = awake.stream().filter(queue -> !left.contains(queue)).toList();
    return weightedShares.anyHungry(deaf)
        ? poll(weightedShares.divide(free, left))
        : await(free, awake, deaf);
  }

  private Uni<List<Entry>> poll(Map<String, Integer> asked) {
    List<Uni<List<Entry>>> reads = new ArrayList<>();
    asked.forEach((queue, count) -> reads.add(poll(queue, count)));
    return Uni.join()
        .all(reads)
        .andFailFast()
        .map(parts -> parts.stream().flatMap(List::stream).toList());
  }

  private Uni<List<Entry>> poll(String queue, int count) {
    return groupReader
        .poll(commands, queue, count)
        .invoke(entries -> given(queue, count, entries))
        .onFailure(this::concernsOneQueue)
        .recoverWithUni(refusal -> refused(queue, refusal));
  }

  /** Where queues live apart, a server that is gone concerns only those that it has. */
  boolean concernsOneQueue(Throwable failure) {
    return spread || failure instanceof ErrorType;
  }

  /** One queue in trouble must not stop the others; trouble of Redis as a whole fails. */
  @CheckReturnValue
  Uni<List<Entry>> refused(String queue, Throwable refusal) {
    RedisError redisError = RedisError.of(refusal);
    if (redisError == RedisError.NOGROUP) {
      return groupReader
          .createGroup(commands, queue)
          .replaceWith(List.<Entry>of())
          .onFailure(this::concernsOneQueue)
          .recoverWithUni(failure -> rest(queue, failure));
    }
    return spread || redisError.isFatal()
        ? rest(queue, refusal)
        : Uni.createFrom().failure(refusal);
  }

  private Uni<List<Entry>> rest(String queue, Throwable refusal) {
    queueCooldown.admit(queue, refusal);
    return just(List.of());
  }

  private Uni<List<Entry>> await(int free, List<String> awake, List<String> deaf) {
    if (spread) {
      blockingReads.listen(inTurn(deaf).subList(0, Math.min(free, deaf.size())));
      return blockingReads.next();
    }
    List<String> asked = inTurn(awake).subList(0, Math.min(free, awake.size()));
    int count = free / asked.size();
    return groupReader
        .await(waiting.get(asked.get(0)), asked, count, BLOCK)
        .invoke(entries -> note(asked, count, entries))
        .onFailure(ErrorType.class)
        .recoverWithUni(refusal -> oneByOne(asked));
  }

  private Uni<List<Entry>> hear(String queue) {
    return groupReader
        .await(waiting.get(queue), List.of(queue), 1, BLOCK)
        .invoke(entries -> given(queue, 1, entries))
        .onFailure()
        .recoverWithUni(refusal -> refused(queue, refusal))
        .onFailure()
        .recoverWithItem(List.of());
  }

  /** Asked together they were refused; asked one by one, the sick queue shows itself. */
  private Uni<List<Entry>> oneByOne(List<String> asked) {
    Map<String, Integer> one = new LinkedHashMap<>();
    asked.forEach(queue -> one.put(queue, 1));
    return poll(one).chain(entries -> entries.isEmpty() ? nothing() : just(entries));
  }

  private static Uni<List<Entry>> just(List<Entry> entries) {
    return Uni.createFrom().item(entries);
  }

  private void given(String queue, int asked, List<Entry> entries) {
    queueCooldown.cured(queue);
    weightedShares.note(queue, asked, entries.size());
  }

  private void note(List<String> asked, int count, List<Entry> entries) {
    asked.forEach(queue -> note(queue, count, entries));
  }

  private void note(String queue, int asked, List<Entry> entries) {
    int given = (int) entries.stream().filter(entry -> entry.queue().equals(queue)).count();
    weightedShares.note(queue, asked, given);
  }

  /** With fewer slots than queues, every queue gets its turn. */
  private List<String> inTurn(List<String> awake) {
    List<String> turned = new ArrayList<>(awake);
    Collections.rotate(turned, turn++);
    return turned;
  }
}
