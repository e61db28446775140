package dev.postrider.worker.lease;

import dev.postrider.queue.consumer.Reclaim;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Reclaims the mail of workers that are gone. A worker counts as gone only after its lease was
 * missing for a whole lease time, at every check of that time, by this process's monotonic clock,
 * while this worker could renew its own lease: what keeps this one from renewing, such as a Redis
 * that is away or refuses writes, keeps the others from it too. Lives on one event loop.
 */
public final class Reclaimer {

  private static final Logger LOG = Logger.getLogger(Reclaimer.class);

  /** Until the next check if there was more than could be taken over at once. */
  private static final Duration UNFINISHED_PAUSE = Duration.ofMillis(200);

  /** Lease times after which a worker that was merely cut off would have shown itself. */
  private static final int FOR_GOOD = 4;

  private final String newOwner;
  private final Heartbeat ownLease;
  private final Duration leaseTime;
  private final Reclaim reclaim;
  private final NewOwner owner;
  private final Map<String, Long> missingSince = new HashMap<>();
  private boolean unfinished;

  /** Who works on what is taken over. */
  public interface NewOwner {

    /** Mails of a queue that it has slots for; the others are left to other workers. */
    int room(String queue);

    /** Told what was taken over and what is dead. */
    void onReclaimed(String queue, Reclaim.Reclaimed reclaimed);
  }

  /**
   * @param newOwner consumer that takes over
   * @param ownLease its lease, for each queue
   * @param leaseTime how long the lease of another must be missing
   * @param owner works on what is taken over
   */
  public Reclaimer(
      String newOwner, Heartbeat ownLease, Duration leaseTime, Reclaim reclaim, NewOwner owner) {
    this.newOwner = newOwner;
    this.ownLease = ownLease;
    this.leaseTime = leaseTime;
    this.reclaim = reclaim;
    this.owner = owner;
  }

  /**
   * Checks three times in a lease time, without end, or more often while there is more; never
   * fails.
   */
  @CheckReturnValue
  public Multi<Void> checks() {
    return Multi.createBy()
        .repeating()
        .uni(() -> pause().chain(this::round).replaceWith(true))
        .indefinitely()
        .onItem()
        .ignoreAsUni()
        .toMulti();
  }

  private Uni<Void> pause() {
    Duration pause = unfinished ? UNFINISHED_PAUSE : leaseTime.dividedBy(3);
    unfinished = false;
    return Uni.createFrom().voidItem().onItem().delayIt().by(pause);
  }

  private Uni<Void> round() {
    return Multi.createFrom()
        .iterable(ownLease.queues())
        .onItem()
        .transformToUniAndConcatenate(this::check)
        .collect()
        .last();
  }

  /**
   * Where this worker cannot renew its own lease, the others cannot either: none of them counts as
   * missing until this worker was able to renew again.
   */
  private Uni<Void> check(String queue) {
    return ownLease.holdsLease(queue) ? checkOthers(queue) : forget(queue);
  }

  private Uni<Void> checkOthers(String queue) {
    return reclaim
        .consumersWithoutLease(queue, newOwner)
        .map(missing -> gone(queue, missing))
        .chain(gone -> takeAll(queue, gone))
        .onFailure()
        .invoke(failure -> startOver(queue, failure))
        .onFailure()
        .recoverWithNull();
  }

  private void startOver(String queue, Throwable failure) {
    LOG.debugf("Queue %s: nothing reclaimed: %s", queue, failure.getMessage());
    forgetMissing(queue);
  }

  private Uni<Void> forget(String queue) {
    forgetMissing(queue);
    return Uni.createFrom().voidItem();
  }

  private void forgetMissing(String queue) {
    missingSince.keySet().removeIf(name -> name.startsWith(queue + ' '));
  }

  /** Those that have been missing long enough. */
  private List<String> gone(String queue, List<String> missing) {
    long now = System.nanoTime();
    Set<String> names = new HashSet<>();
    missing.forEach(consumer -> names.add(queue + ' ' + consumer));
    missingSince.keySet().removeIf(name -> name.startsWith(queue + ' ') && !names.contains(name));
    names.forEach(name -> missingSince.putIfAbsent(name, now));
    return missing.stream().filter(name -> missing(queue, name, leaseTime)).toList();
  }

  private boolean missing(String queue, String consumer, Duration time) {
    return System.nanoTime() - missingSince.get(queue + ' ' + consumer) >= time.toNanos();
  }

  private Uni<Void> takeAll(String queue, List<String> gone) {
    return Multi.createFrom()
        .iterable(gone)
        .onItem()
        .transformToUniAndConcatenate(consumer -> take(queue, consumer))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> take(String queue, String consumer) {
    int room = owner.room(queue);
    if (room <= 0) {
      unfinished = true;
      return Uni.createFrom().voidItem();
    }
    boolean forGood = missing(queue, consumer, leaseTime.multipliedBy(FOR_GOOD));
    return reclaim
        .reclaim(new Reclaim.Takeover(queue, consumer, newOwner), room, forGood)
        .invoke(reclaimed -> report(queue, consumer, reclaimed))
        .replaceWithVoid();
  }

  private void report(String queue, String consumer, Reclaim.Reclaimed reclaimed) {
    unfinished |= reclaimed.more() && reclaimed.hasProgress();
    owner.onReclaimed(queue, reclaimed);
    if (reclaimed.reclaimed() > 0) {
      LOG.infof(
          "Took over %d mail(s) of queue %s from %s, which is gone.",
          reclaimed.reclaimed(), queue, consumer);
    }
    if (reclaimed.poisoned() > 0) {
      LOG.warnf(
          "%d mail(s) of queue %s are dead, reason poison: their workers died again and again. Look"
              + " why workers die (memory, probes); then retry the mail.",
          reclaimed.poisoned(), queue);
    }
  }
}
