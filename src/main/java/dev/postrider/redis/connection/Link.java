package dev.postrider.redis.connection;

import dev.postrider.handler.ErrorBoundary;
import dev.postrider.handler.HandlerErrors;
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
 * Sends commands to Redis over a dedicated connection, on a cluster over one per server. Commands
 * for one key are pipelined in order; each completes with a reply or a failure within its time
 * limit.
 *
 * <p>Lives on the event loop that it was created on. May be called from any thread; replies on the
 * event loop of the caller.
 */
public final class Link {

  private final Context context;
  private final ErrorBoundary boundary;
  private final Connection connection;
  private final BiConsumer<Request, Throwable> onFailure;
  private volatile long generation;

  /**
   * @param connections creates the connection, given what to call when it is established
   * @param onFailure called for every command that failed
   */
  Link(
      Vertx vertx,
      HandlerErrors errors,
      Function<Runnable, Connection> connections,
      BiConsumer<Request, Throwable> onFailure) {
    this.context = vertx.getOrCreateContext();
    this.boundary = new ErrorBoundary("redis", errors, error -> {}); // each command has its end
    this.connection = connections.apply(this::connected);
    this.onFailure = onFailure;
  }

  /** Sends on subscription; fails with {@link RedisUnavailable} without a reply. */
  @CheckReturnValue
  public Uni<Response> send(Request request) {
    return send(request, Duration.ZERO);
  }

  /** As {@link #send(Request)}, for a command that may block for {@code blocking}. */
  @CheckReturnValue
  public Uni<Response> send(Request request, Duration blocking) {
    return Uni.createFrom().completionStage(() -> onContext(request, blocking).toCompletionStage());
  }

  /** Runs work on a later turn of the event loop of this link. */
  public void execute(Runnable work) {
    context.runOnContext(boundary.handler("execute", turn -> work.run()));
  }

  /** Number of connections so far; after a change, replies may have been lost. */
  public long generation() {
    return generation;
  }

  /** True while connected. */
  public boolean isConnected() {
    return connection.isConnected();
  }

  /** Closes the connection; the next command connects again. */
  public void close() {
    context.runOnContext(boundary.handler("close", turn -> connection.close()));
  }

  private Future<Response> onContext(Request request, Duration blocking) {
    if (Vertx.currentContext() == context) {
      return sendNow(request, blocking);
    }
    Promise<Response> reply = Promise.promise();
    Context caller = Vertx.currentContext();
    context.runOnContext(boundary.handler("send", turn -> relay(request, blocking, reply, caller)));
    return reply.future();
  }

  private void relay(Request request, Duration blocking, Promise<Response> reply, Context caller) {
    sendNow(request, blocking)
        .onComplete(boundary.handler("respond", result -> respond(result, reply, caller)));
  }

  /** The caller's pipeline continues on its event loop. */
  private void respond(AsyncResult<Response> result, Promise<Response> reply, Context caller) {
    if (caller == null) {
      reply.handle(result);
    } else {
      caller.runOnContext(boundary.handler("respond", turn -> reply.handle(result)));
    }
  }

  private Future<Response> sendNow(Request request, Duration blocking) {
    Future<Response> reply;
    try {
      reply = connection.send(request, blocking);
    } catch (RuntimeException | Error error) {
      boundary.failed("send", error);
      reply = Future.failedFuture(RedisUnavailable.orReply(error));
    }
    return reply.onFailure(
        boundary.handler("failure", failure -> onFailure.accept(request, failure)));
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // Written on one event loop only.
  private void connected() {
    generation++;
  }
}
