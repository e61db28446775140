package dev.postrider.worker;

import dev.postrider.queue.Inheritance;
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
 * Takes over the mail of workers that are gone. A lease that is missing may merely have been lost
 * by Redis; so its owner counts as gone only after it was missing for a whole lease time, by this
 * process's own monotonic clock, and in every look of that time: while Redis is away nobody can
 * renew. Lives on one event loop.
 */
final class Reclaimer {

  private static final Logger LOG = Logger.getLogger(Reclaimer.class);

  /** Lease times after which a worker that was merely cut off would have shown itself. */
  private static final int FOR_GOOD = 4;

  private final String heir;
  private final List<String> queues;
  private final Duration leaseTime;
  private final Inheritance inheritance;
  private final BiConsumer<String, Inheritance.Taken> inherited;
  private final Map<String, Long> missingSince = new HashMap<>();

  /**
   * @param heir consumer that takes over
   * @param leaseTime how long a lease must be missing
   * @param inherited told of each queue what was taken over and buried in it
   */
  Reclaimer(
      String heir,
      List<String> queues,
      Duration leaseTime,
      Inheritance inheritance,
      BiConsumer<String, Inheritance.Taken> inherited) {
    this.heir = heir;
    this.queues = queues;
    this.leaseTime = leaseTime;
    this.inheritance = inheritance;
    this.inherited = inherited;
  }

  /** Looks three times in a lease time, for ever; never fails. */
  @CheckReturnValue
  Multi<Void> rounds() {
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
        .iterable(queues)
        .onItem()
        .transformToUniAndConcatenate(this::look)
        .collect()
        .last();
  }

  private Uni<Void> look(String queue) {
    return inheritance
        .withoutLease(queue, heir)
        .map(missing -> gone(queue, missing))
        .chain(gone -> takeAll(queue, gone))
        .onFailure()
        .invoke(failure -> lookAnew(queue, failure))
        .onFailure()
        .recoverWithNull();
  }

  private void lookAnew(String queue, Throwable failure) {
    LOG.debugf("Queue %s: nothing reclaimed: %s", queue, failure.getMessage());
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
        .uni(() -> inheritance.take(queue, consumer, heir, forGood))
        .whilst(Inheritance.Taken::more)
        .invoke(taken -> report(queue, consumer, taken))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private void report(String queue, String consumer, Inheritance.Taken taken) {
    inherited.accept(queue, taken);
    if (taken.taken() > 0) {
      LOG.infof(
          "Took over %d mail(s) of queue %s from %s, which is gone.",
          taken.taken(), queue, consumer);
    }
    if (taken.buried() > 0) {
      LOG.warnf(
          "%d mail(s) of queue %s are dead, reason poison: their workers died again and again. Look"
              + " why workers die (memory, probes); then retry the mail.",
          taken.buried(), queue);
    }
  }
}
