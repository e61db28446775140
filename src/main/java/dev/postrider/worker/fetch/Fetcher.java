package dev.postrider.worker.fetch;

import dev.postrider.guard.Guards;
import dev.postrider.guard.Verdict;
import dev.postrider.mail.Outcome;
import dev.postrider.queue.Entry;
import dev.postrider.redis.RedisError;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.worker.Attempt;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The one reading loop of an engine: waits for room, reads at most as much, and lets the guards
 * look at the whole batch at once. What it emits has its slot and starts at once.
 */
public final class Fetcher {

  private static final Logger LOG = Logger.getLogger(Fetcher.class);

  /** Entries that make reading cheap: what a round costs, each of them bears one part of. */
  private static final int BATCH_WORTHWHILE = 50;

  /** How long free slots gather for it; less than a mail takes over the network. */
  private static final long GATHERING_MS = 2;

  private final Context context;
  private final Slots slots;
  private final EntrySource entrySource;
  private final Decoder decoder;
  private final Guards guards;
  private final PollDelay pollDelay = new PollDelay();
  private boolean closed;

  public Fetcher(
      Context context, Slots slots, EntrySource entrySource, Decoder decoder, Guards guards) {
    this.context = context;
    this.slots = slots;
    this.entrySource = entrySource;
    this.decoder = decoder;
    this.guards = guards;
  }

  /** Flights, for ever until {@link #close()}; never fails. */
  @CheckReturnValue
  public Multi<Attempt> flights() {
    return Multi.createBy()
        .repeating()
        .uni(this::round)
        .until(attempts -> closed && attempts.isEmpty())
        .onItem()
        .disjoint();
  }

  /** Reads no more; what was read already is still emitted. */
  public void close() {
    closed = true;
    slots.wakeNow();
  }

  private Uni<List<Attempt>> round() {
    return room()
        .chain(this::read)
        .map(this::decode)
        .chain(this::check)
        .invoke(pollDelay::reset)
        .map(this::take)
        .onFailure()
        .recoverWithUni(this::pause);
  }

  /**
   * Goes on in the next turn of the loop, so that all slots freed in this one are read for at once.
   */
  private Uni<Void> room() {
    return Uni.createFrom()
        .<Void>emitter(emitter -> completeOnceFree(emitter))
        .emitOn(this::inNextTurn);
  }

  private void inNextTurn(Runnable step) {
    context.runOnContext(turn -> step.run());
  }

  /** While there is surely more to read, a moment is waited for a batch that is worth a reply. */
  private void completeOnceFree(UniEmitter<? super Void> emitter) {
    int least = entrySource.wanted();
    int worthwhile = Math.min(BATCH_WORTHWHILE, slots.capacity() / 4);
    int enough = entrySource.hungry() ? Math.max(least, worthwhile) : least;
    slots.onceFree(enough, () -> emitter.complete(null));
    if (least < enough && slots.free() < enough) {
      context.owner().setTimer(GATHERING_MS, fired -> slots.contentWith(least));
    }
  }

  private Uni<List<Entry>> read() {
    return closed ? entrySource.finish() : entrySource.next(slots);
  }

  private List<Attempt> decode(List<Entry> entries) {
    return entries.stream().map(decoder::decode).toList();
  }

  private Uni<List<Attempt>> check(List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return Uni.createFrom().item(attempts);
    }
    Map<String, List<Attempt>> byQueue =
        attempts.stream().collect(Collectors.groupingBy(attempt -> attempt.entry().queue()));
    return Uni.join()
        .all(byQueue.entrySet().stream().map(e -> check(e.getKey(), e.getValue())).toList())
        .andFailFast()
        .map(parts -> parts.stream().flatMap(List::stream).toList())
        .onFailure()
        .invoke(failure -> byQueue.keySet().forEach(entrySource::readAgain));
  }

  private Uni<List<Attempt>> check(String queue, List<Attempt> attempts) {
    List<Attempt> open = attempts.stream().filter(Attempt::undecided).toList();
    return guards
        .check(queue, open.stream().map(Attempt::asCase).toList())
        .map(verdicts -> apply(queue, attempts, open, verdicts))
        .onFailure(entrySource::concernsOneQueue)
        .recoverWithUni(refusal -> wait(queue, refusal));
  }

  private Uni<List<Attempt>> wait(String queue, Throwable refusal) {
    entrySource.readAgain(queue);
    return entrySource.refused(queue, refusal).replaceWith(List.of());
  }

  private List<Attempt> apply(
      String queue, List<Attempt> attempts, List<Attempt> open, List<Verdict> verdicts) {
    List<Attempt> judged = new ArrayList<>(attempts.size());
    attempts.stream().filter(attempt -> !attempt.undecided()).forEach(judged::add);
    IntStream.range(0, open.size()).forEach(i -> judge(open.get(i), verdicts.get(i), judged));
    if (judged.size() < attempts.size()) {
      entrySource.rest(queue, open.stream().map(Attempt::entry).toList());
    }
    return judged;
  }

  /** Mail of a paused queue stays pending and is read again when the queue resumes. */
  private static void judge(Attempt attempt, Verdict verdict, List<Attempt> judged) {
    if (verdict instanceof Verdict.Skip skip) {
      judged.add(attempt.decided(new Outcome.Skipped(skip.reason())));
    } else if (verdict instanceof Verdict.NotYet notYet) {
      judged.add(attempt.decided(new Outcome.Scheduled(notYet.due())));
    } else if (verdict instanceof Verdict.Send) {
      judged.add(attempt);
    }
  }

  private List<Attempt> take(List<Attempt> attempts) {
    attempts.forEach(attempt -> slots.take(attempt.entry()));
    return attempts;
  }

  private Uni<List<Attempt>> pause(Throwable failure) {
    boolean toldElsewhere = failure instanceof RedisUnavailable || RedisError.of(failure).isFatal();
    if (pollDelay.fresh() && !toldElsewhere) {
      LOG.warnf(
          "Mail cannot be read: %s. It waits in Redis; trying again until it can. If this goes"
              + " on, see what Redis refuses: its memory, its disk, the rights of this user.",
          failure.getMessage());
    }
    return Uni.createFrom().item(List.<Attempt>of()).onItem().delayIt().by(pollDelay.next());
  }
}
