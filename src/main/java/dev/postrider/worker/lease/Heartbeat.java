package dev.postrider.worker.lease;

import dev.postrider.queue.consumer.DeliveryCount;
import dev.postrider.queue.consumer.LeaseTerm;
import dev.postrider.queue.consumer.LiveConsumers;
import dev.postrider.queue.consumer.Reclaim;
import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Renews the lease of one consumer. While it holds, no other worker takes over its mail; when it
 * can no longer be sure that it holds, {@link #holdsLease()} says so before anyone else may act.
 */
public final class Heartbeat {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  private static final Script RENEW = Script.named("renew");
  private static final Script RESIGN = Script.named("resign");

  /** Deaths that one beat takes back at most: Redis serves no other client meanwhile. */
  private static final int TAKEN_BACK_MAX = 500;

  private final Link link;
  private final Map<String, Lease> leases;
  private final Map<String, LeaseTerm> terms = new ConcurrentHashMap<>();
  private final Duration leaseTime;
  private final LongSupplier nanoTime;
  private final Supplier<String> description;
  private volatile boolean ended;

  /**
   * @param leases by queue
   * @param leaseTime after which a lease that is not renewed is gone; renewed three times as often
   * @param nanoTime a monotonic clock that goes on while the process is stopped
   * @param description what people read about this consumer, as JSON
   */
  public Heartbeat(
      Link link,
      Map<String, Lease> leases,
      Duration leaseTime,
      LongSupplier nanoTime,
      Supplier<String> description) {
    this.link = link;
    this.leases = leases;
    this.leaseTime = leaseTime;
    this.nanoTime = nanoTime;
    this.description = description;
    leases.keySet().forEach(queue -> terms.put(queue, lost()));
  }

  private LeaseTerm lost() {
    LeaseTerm term = new LeaseTerm(nanoTime.getAsLong(), leaseTime, nanoTime);
    term.end();
    return term;
  }

  /**
   * The lease of one consumer on one queue.
   *
   * @param keys of the queue
   * @param consumer whose lease it is
   */
  public record Lease(Keys keys, String consumer) {}

  /** The queues it has a lease for. */
  Set<String> queues() {
    return leases.keySet();
  }

  /** True while it holds for every queue. */
  public boolean holdsLease() {
    return leases.keySet().stream().allMatch(this::holdsLease);
  }

  /** True while the present term of a queue holds. */
  public boolean holdsLease(String queue) {
    return term(queue).holds();
  }

  /** The present term of a queue; one that has ended until the lease is granted. */
  public LeaseTerm term(String queue) {
    return terms.get(queue);
  }

  /** Ends every term for good, while the leases themselves go on: no final dot is sent any more. */
  public void endTerms() {
    ended = true;
    terms.values().forEach(LeaseTerm::end);
  }

  /** Renews at once; emits when the lease of every queue is there. */
  @CheckReturnValue
  public Uni<Void> renew() {
    return Uni.createFrom().deferred(this::renewAll);
  }

  /** Each by itself: the queues may live on different servers. */
  private Uni<Void> renewAll() {
    return Uni.join()
        .all(leases.keySet().stream().map(this::renew).toList())
        .andCollectFailures()
        .replaceWithVoid();
  }

  /** Renews until the worker stops; never fails. */
  @CheckReturnValue
  public Multi<Void> renewals() {
    return Multi.createFrom()
        .ticks()
        .every(leaseTime.dividedBy(3))
        .onOverflow()
        .drop()
        .onItem()
        .transformToUni(tick -> renew().onFailure().recoverWithUni(Heartbeat::missed))
        .concatenate();
  }

  /** Gives the lease back: whatever is still pending may be taken over. Never fails. */
  @CheckReturnValue
  public Uni<Void> release() {
    endTerms();
    return Uni.join()
        .all(leases.values().stream().map(this::giveBack).toList())
        .andFailFast()
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(Heartbeat::missed);
  }

  private Uni<Void> giveBack(Lease lease) {
    return RESIGN
        .on(lease.keys().lease(lease.consumer()), lease.keys().cleanStop(lease.consumer()))
        .arg(Reclaim.RECORD_TIME.toMillis())
        .run(link)
        .replaceWithVoid();
  }

  /** The lease runs from when it was asked for: Redis cannot have granted it earlier. */
  private Uni<Void> renew(String queue) {
    long asked = nanoTime.getAsLong();
    Lease lease = leases.get(queue);
    return RENEW
        .on(
            lease.keys().lease(lease.consumer()),
            lease.keys().consumers(),
            lease.keys().ready(),
            lease.keys().reclaimedFrom(lease.consumer()))
        .arg(leaseTime.toMillis())
        .arg(description.get())
        .arg(lease.consumer())
        .arg(LiveConsumers.LISTED_MAX)
        .arg(Keys.GROUP)
        .arg(DeliveryCount.MARK)
        .arg(TAKEN_BACK_MAX)
        .run(link)
        .invoke(held -> granted(queue, asked, held.toInteger() == 1))
        .replaceWithVoid();
  }

  /**
   * @param held true if Redis still had the lease
   */
  private void granted(String queue, long asked, boolean held) {
    LeaseTerm before = term(queue);
    if (!ended && !(held && before.renew(asked))) {
      before.end();
      terms.put(queue, new LeaseTerm(asked, leaseTime, nanoTime));
    }
  }

  private static Uni<Void> missed(Throwable failure) {
    LOG.debugf("The lease could not be renewed or given back: %s.", failure.getMessage());
    return Uni.createFrom().voidItem();
  }

  /** A consumer's lease, by queue. */
  public static Map<String, Lease> leases(String prefix, List<String> queues, String consumer) {
    Map<String, Lease> leases = new LinkedHashMap<>();
    queues.forEach(queue -> leases.put(queue, new Lease(new Keys(prefix, queue), consumer)));
    return leases;
  }
}
