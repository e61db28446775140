package dev.postrider.worker;

import dev.postrider.config.Settings;
import dev.postrider.delivery.Routes;
import dev.postrider.delivery.TestTransports;
import dev.postrider.delivery.route.RouteHealth;
import dev.postrider.delivery.route.RouteHealths;
import dev.postrider.event.QueueMetrics;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.redis.health.FatalErrors;
import dev.postrider.support.Loop;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.worker.fetch.TestDecoder;
import dev.postrider.worker.monitor.RedisStartupCheck;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One engine of a worker with its promoter, without the container: starts in milliseconds. */
final class TestEngine implements AutoCloseable {

  private static final Map<String, String> FAST =
      Map.of(
          "postrider.concurrency", "16",
          "postrider.event-loops", "1",
          "postrider.retry.first-delay", "50ms",
          "postrider.retry.max-delay", "200ms",
          "postrider.retry.connection-first-delay", "400ms",
          "postrider.retry.connection-max-delay", "400ms");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final RouteHealths healths;
  private final SchedulePoller schedulePoller;
  private final Engine engine;

  private TestEngine(RedisProcess redis, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(FAST);
    all.putAll(settings);
    SmallRyeConfig config = TestTransports.config(all);
    Settings own = config.getConfigMapping(Settings.class);
    Routes routes = Routes.withoutContainer(config);
    RedisServers servers = Loop.servers(vertx, redis.port());
    RedisLinks links = new RedisLinks(servers, new FatalErrors());
    WorkerSettings workerSettings = new WorkerSettings(own);
    healths = new RouteHealths(routes, workerSettings.retryPolicy());
    schedulePoller = new SchedulePoller(vertx, links, workerSettings);
    schedulePoller.open();
    EngineBuilder builder =
        new EngineBuilder(
            links,
            TestTransports.factory(config, routes),
            TestDecoder.of(routes),
            healths,
            workerSettings);
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Engine> built = new CompletableFuture<>();
    context.runOnContext(turn -> built.complete(builder.build(context, 0, schedulePoller)));
    engine = built.join();
    context.runOnContext(
        turn -> engine.start(new RedisStartupCheck(servers.address(), status -> {})));
  }

  /** Starts to read. */
  static TestEngine start(RedisProcess redis, Map<String, String> settings) {
    return new TestEngine(redis, settings);
  }

  RouteHealth health(String route) {
    return healths.of(route);
  }

  long count(QueueMetrics.Count what) {
    return engine.state().engineMetrics().queue("default").get(what);
  }

  @Override
  public void close() {
    schedulePoller.close();
    engine.stop().join();
    Loop.join(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
