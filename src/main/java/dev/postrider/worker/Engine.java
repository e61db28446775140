package dev.postrider.worker;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.Transport;
import dev.postrider.event.EngineMetrics;
import dev.postrider.event.SpanExporter;
import dev.postrider.guard.CancelTopicCleaner;
import dev.postrider.guard.Guards;
import dev.postrider.queue.GroupReader;
import dev.postrider.redis.connection.Link;
import dev.postrider.worker.fetch.Fetcher;
import dev.postrider.worker.fetch.Slots;
import dev.postrider.worker.lease.Heartbeat;
import dev.postrider.worker.lease.Reclaimer;
import dev.postrider.worker.monitor.EventLoopMonitor;
import dev.postrider.worker.monitor.RedisStartupCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * One event loop at work: its own connections to Redis and to the servers, its own slots, shared
 * with nobody. Made and used on its event loop; {@link #drained()} may be awaited anywhere.
 */
public final class Engine {

  private static final Logger LOG = Logger.getLogger(Engine.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Parts parts;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private Cancellable beats = () -> {};
  private Cancellable reclaiming = () -> {};
  private Cancellable reading = () -> {};
  private final InFlight inFlight = new InFlight(this::fly);
  private final EventLoopMonitor eventLoopMonitor;
  private volatile boolean prepared;
  private volatile List<ConnectionStats> connectionStats = List.of();
  private boolean closing;

  /** What an engine is made of. */
  record Parts(
      Context context,
      String consumer,
      List<String> queues,
      Slots slots,
      Links links,
      GroupReader groupReader,
      Guards guards,
      Fetcher fetcher,
      Processor processor,
      Heartbeat heartbeat,
      Reclaimer reclaimer,
      Transport transport,
      EngineMetrics engineMetrics,
      SpanExporter spanExporter,
      CancelTopicCleaner cancelTopicCleaner) {}

  /**
   * Its connections to Redis.
   *
   * @param commands never waits
   * @param waiting for each queue one that may wait, perhaps the same for all
   */
  public record Links(Link commands, Map<String, Link> waiting) {}

  Engine(Parts parts) {
    this.parts = parts;
    this.eventLoopMonitor = new EventLoopMonitor(parts.context(), this::lookAtConnections);
  }

  /** Starts as soon as Redis answers and is fit, and tries until it does. */
  void start(RedisStartupCheck redisStartupCheck) {
    eventLoopMonitor.start();
    beats = parts.heartbeat().renewals().subscribe().with(beat -> {}, Engine::impossible);
    reclaiming = parts.reclaimer().checks().subscribe().with(round -> {}, Engine::impossible);
    reading =
        prepare(redisStartupCheck)
            .invoke(ready -> prepared = true)
            .onItem()
            .transformToMulti(ready -> parts.fetcher().flights())
            .subscribe()
            .with(inFlight::launch, this::ended, this::allRead);
  }

  private void allRead() {
    inFlight.onceEmpty(() -> drained.complete(null));
  }

  private Uni<Void> prepare(RedisStartupCheck redisStartupCheck) {
    return Uni.createFrom()
        .deferred(() -> redisStartupCheck.check(parts.links().commands()))
        .chain(parts.heartbeat()::renew)
        .chain(this::createGroups)
        .onFailure()
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .until(failure -> !closing);
  }

  private Uni<Void> createGroups() {
    List<Uni<Void>> groups = parts.queues().stream().map(this::createGroup).toList();
    return Uni.join().all(groups).andFailFast().replaceWithVoid();
  }

  private Uni<Void> createGroup(String queue) {
    return parts.groupReader().createGroup(parts.links().commands(), queue);
  }

  private Uni<Attempt> fly(Attempt flight) {
    return parts
        .processor()
        .run(flight)
        .invoke(() -> parts.slots().release(flight.entry()))
        .onFailure()
        .recoverWithItem(fault -> unsettled(flight, fault));
  }

  /** It keeps its slot: read again it would be sent again. */
  private static Attempt unsettled(Attempt flight, Throwable fault) {
    LOG.errorf(
        fault,
        "What became of mail %s cannot be written. It stays pending until this worker is restarted;"
            + " please report this.",
        flight.mailId());
    return flight;
  }

  /** Reads no more; what is in flight goes on. May be called from any thread. */
  void drain() {
    parts.context().runOnContext(turn -> close());
  }

  private void close() {
    closing = true;
    reclaiming.cancel();
    parts.fetcher().close();
  }

  /** Completes when nothing is in flight any more. */
  CompletableFuture<Void> drained() {
    return drained;
  }

  /**
   * Closes every connection. Mail still in flight stays pending and is taken over by others. May be
   * called from any thread.
   */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    parts.context().runOnContext(turn -> leave(stopped));
    return stopped;
  }

  private void leave(CompletableFuture<Void> stopped) {
    eventLoopMonitor.stop();
    reading.cancel();
    inFlight.cancel();
    beats.cancel();
    parts
        .transport()
        .close()
        .eventually(parts.spanExporter()::close)
        .eventually(parts.cancelTopicCleaner()::close)
        .eventually(parts.heartbeat()::release)
        .eventually(this::closeLinks)
        .subscribe()
        .with(stopped::complete, stopped::completeExceptionally);
  }

  private void closeLinks() {
    parts.links().commands().close();
    parts.links().waiting().values().forEach(Link::close);
  }

  String consumer() {
    return parts.consumer();
  }

  int inFlight() {
    return parts.slots().inFlight();
  }

  boolean entitled() {
    return parts.heartbeat().holdsLease();
  }

  /** True if its event loop turns. */
  boolean alive() {
    return eventLoopMonitor.isAlive();
  }

  /** What it is doing and has done; may be read anywhere. */
  EngineState state() {
    return new EngineState(
        inFlight(), eventLoopMonitor.delay(), connectionStats, parts.engineMetrics());
  }

  private void lookAtConnections() {
    connectionStats = parts.transport().connections();
  }

  /** True once Redis has answered: the lease and the groups are there. */
  boolean prepared() {
    return prepared;
  }

  /** A failure ends the flights only if the engine was drained before Redis ever answered. */
  private void ended(Throwable failure) {
    if (!closing) {
      impossible(failure);
    }
    drained.complete(null);
  }

  private static void impossible(Throwable failure) {
    LOG.error(
        "An engine stopped, which must never happen. Its mail waits until this worker is restarted;"
            + " please report this.",
        failure);
  }
}
