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
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * Reclaims the mail of workers that are gone. A worker counts as gone only after its lease was
 * missing for a whole lease time, at every check of that time, by this process's monotonic clock,
 * while this worker could renew its own lease: what keeps this one from renewing, such as a Redis
 * that is away or refuses writes, keeps the others from it too. Lives on one event loop.
 */
public final class Reclaimer {

  private static final Logger LOG = Logger.getLogger(Reclaimer.class);

  /** Lease times after which a worker that was merely cut off would have shown itself. */
  private static final int FOR_GOOD = 4;

  private final String newOwner;
  private final Heartbeat ownLease;
  private final Duration leaseTime;
  private final Reclaim reclaim;
  private final BiConsumer<String, Reclaim.Reclaimed> onReclaimed;
  private final Map<String, Long> missingSince = new HashMap<>();

  /**
   * @param newOwner consumer that takes over
   * @param ownLease its lease, for each queue
   * @param leaseTime how long the lease of another must be missing
   * @param onReclaimed told for each queue what was taken over and what is dead
   */
  public Reclaimer(
      String newOwner,
      Heartbeat ownLease,
      Duration leaseTime,
      Reclaim reclaim,
      BiConsumer<String, Reclaim.Reclaimed> onReclaimed) {
    this.newOwner = newOwner;
    this.ownLease = ownLease;
    this.leaseTime = leaseTime;
    this.reclaim = reclaim;
    this.onReclaimed = onReclaimed;
  }

  /** Checks three times in a lease time, without end; never fails. */
  @CheckReturnValue
  public Multi<Void> checks() {
    return Multi.createFrom()
        .ticks()
        .every(leaseTime.dividedBy(3))
        .onOverflow()
        .drop()
        .onItem()
        .transformToUni(tick -> round())
        .concatenate();
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
    boolean forGood = missing(queue, consumer, leaseTime.multipliedBy(FOR_GOOD));
    return Multi.createBy()
        .repeating()
        .uni(() -> reclaim.reclaim(queue, consumer, newOwner, forGood))
        .whilst(Reclaim.Reclaimed::more)
        .invoke(reclaimed -> report(queue, consumer, reclaimed))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void report(String queue, String consumer, Reclaim.Reclaimed reclaimed) {
    onReclaimed.accept(queue, reclaimed);
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
