package dev.postrider.redis;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One dedicated connection to Redis. Commands travel pipelined and in order; each ends in a reply
 * or a failure within its time; a lost connection is dialled again by the next command.
 *
 * <p>Lives on the event loop it was made on, and replies there; it may be called from anywhere.
 * Commands sent while the link is being dialled wait for that one attempt; for {@code retryDelay}
 * after a failed attempt they fail at once, so that callers with their own back-off cannot hammer a
 * Redis that is down.
 */
public final class Link {

  private static final Logger LOG = Logger.getLogger(Link.class);

  private final Vertx vertx;
  private final Context context;
  private final Supplier<Redis> dialer;
  private final LinkSettings settings;

  private Redis client;
  private volatile Future<RedisConnection> connection;
  private RedisDown lastFailure;
  private long retryNotBefore = Long.MIN_VALUE;
  private volatile long generation;

  Link(Vertx vertx, Supplier<Redis> dialer, LinkSettings settings) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.dialer = dialer;
    this.settings = settings;
  }

  /** Sends when subscribed; fails with {@link RedisDown} if no reply can be had. */
  @CheckReturnValue
  public Uni<Response> send(Request request) {
    return send(request, Duration.ZERO);
  }

  /** As {@link #send(Request)}, for a command that may itself block for {@code blocking}. */
  @CheckReturnValue
  public Uni<Response> send(Request request, Duration blocking) {
    Duration patience = settings.commandTimeout().plus(blocking);
    return Uni.createFrom().completionStage(() -> onContext(request, patience).toCompletionStage());
  }

  /** How often the connection was made anew; a change means that replies may have been lost. */
  public long generation() {
    return generation;
  }

  /** True while a connection stands. */
  public boolean up() {
    Future<RedisConnection> current = connection;
    return current != null && current.succeeded();
  }

  /** Closes the connection for good or until the next command. */
  public void close() {
    context.runOnContext(turn -> drop());
  }

  private Future<Response> onContext(Request request, Duration patience) {
    if (Vertx.currentContext() == context) {
      return exchange(request, patience);
    }
    Promise<Response> reply = Promise.promise();
    context.runOnContext(turn -> exchange(request, patience).onComplete(reply));
    return reply.future();
  }

  private Future<Response> exchange(Request request, Duration patience) {
    return connect().compose(open -> withinTime(client, open, request, patience));
  }

  private Future<Response> withinTime(
      Redis owner, RedisConnection open, Request request, Duration patience) {
    Promise<Response> reply = Promise.promise();
    long timer = vertx.setTimer(patience.toMillis(), fired -> missed(owner, reply, patience));
    open.send(request)
        .onComplete(
            result -> {
              vertx.cancelTimer(timer);
              settle(reply, result);
            });
    return reply.future();
  }

  private static <T> void settle(Promise<T> reply, AsyncResult<T> result) {
    if (result.succeeded()) {
      reply.tryComplete(result.result());
    } else {
      reply.tryFail(RedisDown.orReply(result.cause()));
    }
  }

  private void missed(Redis owner, Promise<Response> reply, Duration patience) {
    RedisDown down = new RedisDown("no reply within " + patience.toMillis() + " ms", null);
    if (reply.tryFail(down)) {
      lost(owner, down);
    }
  }

  private Future<RedisConnection> connect() {
    if (connection != null) {
      return connection;
    }
    if (System.nanoTime() - retryNotBefore < 0 && lastFailure != null) {
      return Future.failedFuture(lastFailure);
    }
    Redis dialling;
    try {
      dialling = dialer.get();
    } catch (RuntimeException impossible) { // The settings contradict themselves.
      return Future.failedFuture(impossible);
    }
    Promise<RedisConnection> dialled = Promise.promise();
    connection = dialled.future();
    client = dialling;
    long timer =
        vertx.setTimer(
            settings.connectTimeout().toMillis(),
            fired -> dialled.tryFail(new RedisDown("no connection in time", null)));
    dialling.connect().onComplete(result -> settle(dialled, result));
    connection.onComplete(result -> vertx.cancelTimer(timer));
    connection.onSuccess(open -> watch(dialling, open));
    connection.onFailure(cause -> unreachable(dialling, cause));
    return dialled.future();
  }

  private void unreachable(Redis owner, Throwable cause) {
    if (owner == client) {
      lastFailure = RedisDown.because(cause);
      retryNotBefore = System.nanoTime() + settings.retryDelay().toNanos();
      drop();
    }
  }

  private void watch(Redis owner, RedisConnection open) {
    if (owner != client) { // Closed while it was being dialled.
      owner.close();
      return;
    }
    generation++;
    lastFailure = null;
    open.exceptionHandler(cause -> lost(owner, cause));
    open.endHandler(end -> lost(owner, new RedisDown("Redis closed the connection", null)));
  }

  private void lost(Redis owner, Throwable cause) {
    if (owner == client) {
      LOG.debugf("The connection to Redis is lost: %s.", cause.getMessage());
      drop();
    }
  }

  private void drop() {
    Redis closing = client;
    client = null;
    connection = null;
    if (closing != null) {
      closing.close();
    }
  }
}
