package dev.postrider.redis.connection;

import dev.postrider.redis.RedisUnavailable;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A dedicated way to Redis: one connection, or on a cluster one to each server that is needed.
 * Commands of one key travel pipelined and in order; each ends in a reply or a failure within its
 * time.
 *
 * <p>Lives on the event loop it was made on; it may be called from anywhere, and replies on the
 * event loop of its caller.
 */
public final class Link {

  private final Context context;
  private final Connection connection;
  private final BiConsumer<Request, Throwable> onFailure;
  private volatile long generation;

  /**
   * @param connections makes the line, given whom to tell of each new connection
   * @param refused told of every command that failed
   */
  Link(
      Vertx vertx,
      Function<Runnable, Connection> connections,
      BiConsumer<Request, Throwable> refused) {
    this.context = vertx.getOrCreateContext();
    this.connection = connections.apply(this::connected);
    this.onFailure = refused;
  }

  /** Sends when subscribed; fails with {@link RedisUnavailable} if no reply can be had. */
  @CheckReturnValue
  public Uni<Response> send(Request request) {
    return send(request, Duration.ZERO);
  }

  /** As {@link #send(Request)}, for a command that may itself block for {@code blocking}. */
  @CheckReturnValue
  public Uni<Response> send(Request request, Duration blocking) {
    return Uni.createFrom().completionStage(() -> onContext(request, blocking).toCompletionStage());
  }

  /** Runs work on the event loop of this link, after what waits there already. */
  public void execute(Runnable work) {
    context.runOnContext(turn -> work.run());
  }

  /** How often a connection was made anew; a change means that replies may have been lost. */
  public long generation() {
    return generation;
  }

  /** True while a connection stands. */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /** Closes what is open for good or until the next command. */
  public void close() {
    context.runOnContext(turn -> connection.close());
  }

  private Future<Response> onContext(Request request, Duration blocking) {
    if (Vertx.currentContext() == context) {
      return exchange(request, blocking);
    }
    Promise<Response> reply = Promise.promise();
    Context caller = Vertx.currentContext();
    context.runOnContext(turn -> relay(request, blocking, reply, caller));
    return reply.future();
  }

  private void relay(Request request, Duration blocking, Promise<Response> reply, Context caller) {
    exchange(request, blocking).onComplete(result -> respond(result, reply, caller));
  }

  /** A caller's chain stays on its own event loop, so that no two loops meet in it. */
  private static void respond(
      AsyncResult<Response> result, Promise<Response> reply, Context caller) {
    if (caller == null) {
      reply.handle(result);
    } else {
      caller.runOnContext(turn -> reply.handle(result));
    }
  }

  private Future<Response> exchange(Request request, Duration blocking) {
    return connection
        .send(request, blocking)
        .onFailure(failure -> onFailure.accept(request, failure));
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // Written on one event loop only.
  private void connected() {
    generation++;
  }
}
