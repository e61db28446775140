package dev.postrider.worker;

import dev.postrider.worker.monitor.RedisStartupCheck;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The life of this process as a worker: start, drain, stop. */
@Singleton
public final class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);

  /** Time to close connections and give leases back once nothing is in flight. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  /** For replies to final dots that were sent within the drain time. */
  private static final Duration LAST_REPLIES = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final EngineBuilder builder;
  private final WorkerSettings plan;
  private final SchedulePoller schedulePoller;
  private final RedisStartupCheck redisStartupCheck;
  private final List<Engine> engines = new CopyOnWriteArrayList<>();
  private volatile boolean draining;

  Worker(
      Vertx vertx,
      EngineBuilder builder,
      WorkerSettings plan,
      SchedulePoller schedulePoller,
      RedisStartupCheck redisStartupCheck) {
    this.vertx = vertx;
    this.builder = builder;
    this.plan = plan;
    this.schedulePoller = schedulePoller;
    this.redisStartupCheck = redisStartupCheck;
  }

  void start(@Observes StartupEvent event) {
    withoutContexts();
    schedulePoller.open();
    for (int number = 0; number < plan.engines(); number++) {
      vertx
          .deployVerticle(new EngineVerticle(number))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  /**
   * Mutiny would save and restore request contexts around each callback. Nothing here uses them,
   * and that takes a tenth of the CPU of a mail.
   */
  private static void withoutContexts() {
    Infrastructure.clearInterceptors();
  }

  /** A verticle, because that is how Vert.x deals out event loops. */
  private final class EngineVerticle extends AbstractVerticle {

    private final int number;

    EngineVerticle(int number) {
      this.number = number;
    }

    @Override
    public void start() {
      Engine engine = builder.build(context, number, schedulePoller);
      engines.add(engine);
      engine.start(redisStartupCheck);
    }
  }

  /** True from the moment on that no more mail is read. */
  public boolean draining() {
    return draining;
  }

  public int inFlight() {
    return engines.stream().mapToInt(Engine::inFlight).sum();
  }

  /** What each engine is doing and has done, for those who measure. */
  public List<EngineState> states() {
    return engines.stream().map(Engine::state).toList();
  }

  /** True while every engine's lease holds. */
  public boolean entitled() {
    return !engines.isEmpty() && engines.stream().allMatch(Engine::holdsLease);
  }

  /** True while every engine's event loop turns. */
  public boolean alive() {
    return !engines.isEmpty() && engines.stream().allMatch(Engine::isAlive);
  }

  /** True if the mail in flight of any engine does not end although Redis answers. */
  public boolean stalled() {
    return engines.stream().anyMatch(Engine::isStalled);
  }

  /** True once every engine has met Redis and may read. */
  public boolean prepared() {
    return !engines.isEmpty() && engines.stream().allMatch(Engine::isPrepared);
  }

  /** Reads no more, finishes what is in flight, settles it, leaves. Blocks for the drain time. */
  void drain(@Observes ShutdownEvent event) {
    draining = true;
    schedulePoller.close();
    engines.forEach(Engine::drain);
    if (!done(allOf(Engine::drained), plan.drain())) {
      LOG.warnf(
          "%d mail(s) still in flight after %s. They stay pending in Redis and another worker takes"
              + " them over. To let more of them end, raise postrider.shutdown.drain.",
          inFlight(), plan.drain());
      readLastReplies();
    }
    engines.forEach(this::stop);
  }

  /** What is given up must not leave any more; what has left may still be answered. */
  private void readLastReplies() {
    if (!done(allOf(Engine::sendNoMoreDots), LAST_REPLIES)) {
      LOG.debug("Some servers did not answer the final dot in time.");
    }
  }

  private CompletableFuture<Void> allOf(Function<Engine, CompletableFuture<Void>> part) {
    return CompletableFuture.allOf(engines.stream().map(part).toArray(CompletableFuture[]::new));
  }

  private void stop(Engine engine) {
    if (!done(engine.stop(), STOP_TIMEOUT)) {
      LOG.debug("An engine did not close its connections in time.");
    }
  }

  private static boolean done(CompletableFuture<?> future, Duration timeout) {
    try {
      future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      LOG.debug("While stopping", e.getCause());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
