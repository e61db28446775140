package dev.postrider.worker;

import dev.postrider.guard.Guards;
import dev.postrider.guard.Verdict;
import dev.postrider.mail.Outcome;
import dev.postrider.queue.Entry;
import dev.postrider.redis.RedisDown;
import dev.postrider.redis.Trouble;
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
final class Intake {

  private static final Logger LOG = Logger.getLogger(Intake.class);

  /** Entries that make reading cheap: what a round costs, each of them bears one part of. */
  private static final int BATCH_WORTHWHILE = 50;

  /** How long free slots gather for it; less than a mail takes over the network. */
  private static final long GATHERING_MS = 2;

  private final Context context;
  private final Slots slots;
  private final Source source;
  private final Decoder decoder;
  private final Guards guards;
  private final Patience patience = new Patience();
  private boolean closed;

  Intake(Context context, Slots slots, Source source, Decoder decoder, Guards guards) {
    this.context = context;
    this.slots = slots;
    this.source = source;
    this.decoder = decoder;
    this.guards = guards;
  }

  /** Flights, for ever until {@link #close()}; never fails. */
  @CheckReturnValue
  Multi<Flight> flights() {
    return Multi.createBy()
        .repeating()
        .uni(this::round)
        .until(flights -> closed && flights.isEmpty())
        .onItem()
        .disjoint();
  }

  /** Reads no more; what was read already is still emitted. */
  void close() {
    closed = true;
    slots.wakeNow();
  }

  private Uni<List<Flight>> round() {
    return room()
        .chain(this::read)
        .map(this::decode)
        .chain(this::check)
        .invoke(patience::reset)
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
    int least = source.wanted();
    int worthwhile = Math.min(BATCH_WORTHWHILE, slots.capacity() / 4);
    int enough = source.hungry() ? Math.max(least, worthwhile) : least;
    slots.onceFree(enough, () -> emitter.complete(null));
    if (least < enough && slots.free() < enough) {
      context.owner().setTimer(GATHERING_MS, fired -> slots.contentWith(least));
    }
  }

  private Uni<List<Entry>> read() {
    return closed ? source.finish() : source.next(slots);
  }

  private List<Flight> decode(List<Entry> entries) {
    return entries.stream().map(decoder::decode).toList();
  }

  private Uni<List<Flight>> check(List<Flight> flights) {
    if (flights.isEmpty()) {
      return Uni.createFrom().item(flights);
    }
    Map<String, List<Flight>> byQueue =
        flights.stream().collect(Collectors.groupingBy(flight -> flight.entry().queue()));
    return Uni.join()
        .all(byQueue.entrySet().stream().map(e -> check(e.getKey(), e.getValue())).toList())
        .andFailFast()
        .map(parts -> parts.stream().flatMap(List::stream).toList())
        .onFailure()
        .invoke(failure -> byQueue.keySet().forEach(source::readAgain));
  }

  private Uni<List<Flight>> check(String queue, List<Flight> flights) {
    List<Flight> open = flights.stream().filter(Flight::undecided).toList();
    return guards
        .check(queue, open.stream().map(Flight::asCase).toList())
        .map(verdicts -> apply(queue, flights, open, verdicts))
        .onFailure(source::concernsOneQueue)
        .recoverWithUni(refusal -> wait(queue, refusal));
  }

  private Uni<List<Flight>> wait(String queue, Throwable refusal) {
    source.readAgain(queue);
    return source.refused(queue, refusal).replaceWith(List.of());
  }

  private List<Flight> apply(
      String queue, List<Flight> flights, List<Flight> open, List<Verdict> verdicts) {
    List<Flight> judged = new ArrayList<>(flights.size());
    flights.stream().filter(flight -> !flight.undecided()).forEach(judged::add);
    IntStream.range(0, open.size()).forEach(i -> judge(open.get(i), verdicts.get(i), judged));
    if (judged.size() < flights.size()) {
      source.rest(queue, open.stream().map(Flight::entry).toList());
    }
    return judged;
  }

  /** Mail of a paused queue stays pending and is read again when the queue resumes. */
  private static void judge(Flight flight, Verdict verdict, List<Flight> judged) {
    if (verdict instanceof Verdict.Skip skip) {
      judged.add(flight.decided(new Outcome.Skipped(skip.reason())));
    } else if (verdict instanceof Verdict.NotYet notYet) {
      judged.add(flight.decided(new Outcome.Scheduled(notYet.due())));
    } else if (verdict instanceof Verdict.Go) {
      judged.add(flight);
    }
  }

  private List<Flight> take(List<Flight> flights) {
    flights.forEach(flight -> slots.take(flight.entry()));
    return flights;
  }

  private Uni<List<Flight>> pause(Throwable failure) {
    boolean toldElsewhere = failure instanceof RedisDown || Trouble.of(failure).fatal();
    if (patience.fresh() && !toldElsewhere) {
      LOG.warnf(
          "Mail cannot be read: %s. It waits in Redis; trying again until it can. If this goes"
              + " on, see what Redis refuses: its memory, its disk, the rights of this user.",
          failure.getMessage());
    }
    return Uni.createFrom().item(List.<Flight>of()).onItem().delayIt().by(patience.next());
  }
}
