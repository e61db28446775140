package dev.postrider.worker;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.event.EngineMetrics;
import dev.postrider.worker.monitor.EventLoopMonitor;
import dev.postrider.worker.monitor.RedisStartupCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Runs the pipeline of one event loop from start to stop. It has its own slots and its own
 * connections to Redis and to mail servers, shared with no other engine. Made and used on its event
 * loop; {@link #drained()} may be awaited anywhere.
 */
final class Engine {

  private static final Logger LOG = Logger.getLogger(Engine.class);
  private static final Duration FIRST_RETRY_DELAY = Duration.ofMillis(200);
  private static final Duration RETRY_DELAY_MAX = Duration.ofSeconds(5);

  private final Context context;
  private final Pipeline pipeline;
  private final EngineLease lease;
  private final EngineConnections connections;
  private final EngineMetrics engineMetrics;
  private final InFlight inFlight;
  private final EventLoopMonitor eventLoopMonitor;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private Cancellable fetching = () -> {};
  private volatile boolean prepared;
  private volatile boolean stalled;
  private volatile List<ConnectionStats> connectionStats = List.of();
  private boolean closing;

  Engine(
      Context context,
      Pipeline pipeline,
      EngineLease lease,
      EngineConnections connections,
      EngineMetrics engineMetrics) {
    this.context = context;
    this.pipeline = pipeline;
    this.lease = lease;
    this.connections = connections;
    this.engineMetrics = engineMetrics;
    this.inFlight = new InFlight(pipeline::processAndSettle);
    this.eventLoopMonitor = new EventLoopMonitor(context, this::everySecond);
  }

  /** Starts as soon as Redis answers and is fit, and tries until it does. */
  void start(RedisStartupCheck redisStartupCheck) {
    eventLoopMonitor.start();
    lease.start(Engine::reportBug);
    fetching =
        prepare(redisStartupCheck)
            .invoke(ready -> prepared = true)
            .onItem()
            .transformToMulti(ready -> pipeline.attempts())
            .subscribe()
            .with(inFlight::start, this::ended, this::allFetched);
  }

  private Uni<Void> prepare(RedisStartupCheck redisStartupCheck) {
    return Uni.createFrom()
        .deferred(() -> redisStartupCheck.check(connections.commands()))
        .chain(lease::renew)
        .chain(pipeline::prepare)
        .onFailure()
        .retry()
        .withBackOff(FIRST_RETRY_DELAY, RETRY_DELAY_MAX)
        .until(failure -> !closing);
  }

  private void allFetched() {
    inFlight.onceEmpty(() -> drained.complete(null));
  }

  /** A failure is no bug if the engine was drained before Redis ever answered. */
  private void ended(Throwable failure) {
    if (!closing) {
      reportBug(failure);
    }
    drained.complete(null);
  }

  private static void reportBug(Throwable failure) {
    LOG.error(
        "An engine stopped, which must never happen. Its mail waits until this worker is restarted;"
            + " please report this.",
        failure);
  }

  /** Fetches no more; what is in flight goes on. May be called from any thread. */
  void drain() {
    context.runOnContext(turn -> stopFetching());
  }

  private void stopFetching() {
    closing = true;
    lease.stopReclaiming();
    pipeline.close();
  }

  /** Completes when nothing is in flight any more. */
  CompletableFuture<Void> drained() {
    return drained;
  }

  /**
   * Lets no further final dot leave. Completes when all mail is settled whose final dot was sent
   * before. May be called from any thread.
   */
  CompletableFuture<Void> sendNoMoreDots() {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    context.runOnContext(turn -> endTerms(settled));
    return settled;
  }

  private void endTerms(CompletableFuture<Void> settled) {
    lease.endTerms();
    pipeline.onceDotsSettled(() -> settled.complete(null));
  }

  /**
   * Closes every connection. Mail still in flight stays pending and is reclaimed by other workers.
   * May be called from any thread.
   */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    context.runOnContext(turn -> stop(stopped));
    return stopped;
  }

  private void stop(CompletableFuture<Void> stopped) {
    eventLoopMonitor.stop();
    fetching.cancel();
    inFlight.cancel();
    lease.stop();
    connections
        .close(Uni.createFrom().deferred(lease::release))
        .subscribe()
        .with(stopped::complete, stopped::completeExceptionally);
  }

  int inFlight() {
    return pipeline.inFlight();
  }

  /** True while its lease holds. */
  boolean holdsLease() {
    return lease.holds();
  }

  /** True if its event loop turns. */
  boolean isAlive() {
    return eventLoopMonitor.isAlive();
  }

  /** True if mail in flight does not end although Redis answers. */
  boolean isStalled() {
    return stalled;
  }

  /** True once Redis has answered: the lease and the groups are there. */
  boolean isPrepared() {
    return prepared;
  }

  /** What it does and has done; may be read anywhere. */
  EngineState state() {
    return new EngineState(inFlight(), eventLoopMonitor.delay(), connectionStats, engineMetrics);
  }

  private void everySecond() {
    connectionStats = connections.stats();
    stalled = pipeline.isStalled() && lease.holds();
    pipeline.takeSlotsBack(connections.transport()::giveBack);
  }
}
