package dev.postrider.support;

import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.connection.Link;
import dev.postrider.redis.connection.LinkSettings;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.support.redis.RedisCluster;
import dev.postrider.support.redis.Rights;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** One event loop with a link to a Redis, for tests of what lives on a loop. */
public final class Loop implements AutoCloseable {

  private static final Duration BOUND = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final RedisServers servers;
  private final Link link;

  private Loop(Function<Vertx, RedisServers> servers, LinkSettings settings) {
    this.servers = servers.apply(vertx);
    this.link = call(() -> this.servers.link(settings));
  }

  /** A loop whose link has the usual bounds. */
  public static Loop at(int port) {
    return at(port, LinkSettings.defaults());
  }

  /** A loop whose link has these bounds. */
  public static Loop at(int port, LinkSettings settings) {
    return new Loop(vertx -> servers(vertx, port), settings);
  }

  /** One Redis for links on loops of one's own. */
  public static RedisServers servers(Vertx vertx, int port) {
    String address = "127.0.0.1:" + port;
    return new RedisServers(vertx, new HandlerErrors(), loop -> client(loop, address), address);
  }

  /** A loop whose link has a name and a password. */
  public static Loop as(String user, String password, int port) {
    String address = "%s:%s@127.0.0.1:%d".formatted(user, password, port);
    return new Loop(
        vertx ->
            new RedisServers(vertx, new HandlerErrors(), loop -> client(loop, address), address),
        LinkSettings.defaults());
  }

  /** A loop whose link leads to a cluster. */
  public static Loop at(RedisCluster cluster) {
    List<String> seeds = List.of("127.0.0.1:" + cluster.nodes().get(0).port());
    return new Loop(vertx -> spread(vertx, seeds), LinkSettings.defaults());
  }

  private static RedisServers spread(Vertx vertx, List<String> seeds) {
    return new RedisServers(
        vertx, new HandlerErrors(), (String server) -> client(vertx, server), seeds);
  }

  private static Redis client(Vertx vertx, String address) {
    return Redis.createClient(
        vertx,
        new RedisOptions()
            .setConnectionString(
                "redis://" + (address.contains("@") ? "" : Rights.CREDENTIALS) + address)
            .setProtocolNegotiation(false)
            .setMaxWaitingHandlers(100_000));
  }

  /** The event loop. */
  public Context context() {
    return context;
  }

  /** A link that lives on the loop. */
  public Link link() {
    return link;
  }

  /** Calls on the loop and waits for the value. */
  public <T> T call(Supplier<T> what) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        turn -> {
          try {
            done.complete(what.get());
          } catch (RuntimeException | Error failure) {
            done.completeExceptionally(failure);
          }
        });
    return join(done);
  }

  /** Subscribes on the loop and waits for the item; throws what it fails with. */
  public <T> T await(Supplier<Uni<T>> what) {
    return join(subscribe(what));
  }

  /** Subscribes on the loop. */
  public <T> CompletableFuture<T> subscribe(Supplier<Uni<T>> what) {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        turn -> what.get().subscribe().with(done::complete, done::completeExceptionally));
    return done;
  }

  /** Waits for a future, within bounds; throws what it fails with. */
  public static <T> T join(CompletableFuture<T> future) {
    try {
      return future.orTimeout(BOUND.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new AssertionError("Nothing came within " + BOUND + ".", e);
      }
      throw sneaky(e.getCause());
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable cause) throws E {
    throw (E) cause;
  }

  @Override
  public void close() {
    join(vertx.close().toCompletionStage().toCompletableFuture());
  }
}
