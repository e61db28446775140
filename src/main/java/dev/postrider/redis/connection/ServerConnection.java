package dev.postrider.redis.connection;

import dev.postrider.handler.ErrorBoundary;
import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.RedisError;
import dev.postrider.redis.RedisUnavailable;
import io.vertx.core.AsyncResult;
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
 * One connection to one server. Commands are pipelined in order; each completes with a reply or a
 * failure within its time limit. After a loss the next command connects again.
 *
 * <p>Lives on one event loop. Commands sent while it connects wait for that attempt; for {@code
 * retryDelay} after a failed attempt they fail at once, so retrying callers do not overload a Redis
 * that is starting.
 */
final class ServerConnection implements Connection {

  private static final Logger LOG = Logger.getLogger(ServerConnection.class);

  private final Vertx vertx;
  private final Supplier<Redis> clientFactory;
  private final LinkSettings settings;
  private final ErrorBoundary boundary;
  private final Runnable onConnected;

  private Redis client;
  private volatile Future<RedisConnection> connection;
  private Throwable lastFailure;
  private long retryNotBefore = Long.MIN_VALUE;

  /**
   * @param clientFactory creates a client for one server or for the master that Sentinel names
   * @param onConnected called for each new connection
   */
  ServerConnection(
      Vertx vertx,
      Supplier<Redis> clientFactory,
      LinkSettings settings,
      HandlerErrors errors,
      Runnable onConnected) {
    this.vertx = vertx;
    this.clientFactory = clientFactory;
    this.settings = settings;
    this.boundary =
        new ErrorBoundary(
            "redis", errors, error -> connectFailed(client, RedisUnavailable.orReply(error)));
    this.onConnected = onConnected;
  }

  @Override
  public boolean isConnected() {
    Future<RedisConnection> current = connection;
    return current != null && current.succeeded();
  }

  @Override
  public void close() {
    drop();
  }

  @Override
  public Future<Response> send(Request request, Duration blocking) {
    Duration timeout = settings.commandTimeout().plus(blocking);
    return connect().compose(open -> sendWithTimeout(client, open, request, timeout));
  }

  private Future<Response> sendWithTimeout(
      Redis owner, RedisConnection open, Request request, Duration timeout) {
    Future<Response> sent = open.send(request);
    Promise<Response> reply = Promise.promise();
    long timer =
        vertx.setTimer(
            timeout.toMillis(),
            boundary.handler("timeout", fired -> timedOut(owner, reply, timeout)));
    sent.onComplete(
        boundary.handler(
            "reply",
            result -> {
              vertx.cancelTimer(timer);
              complete(reply, result);
              reconnectIfWrongServer(owner, result.cause());
            }));
    return reply.future();
  }

  private static <T> void complete(Promise<T> reply, AsyncResult<T> result) {
    if (result.succeeded()) {
      reply.tryComplete(result.result());
    } else {
      reply.tryFail(RedisUnavailable.orReply(result.cause()));
    }
  }

  /** The server is no longer the master: a new connection, a moment later, finds the new one. */
  private void reconnectIfWrongServer(Redis owner, Throwable failure) {
    if (failure != null && RedisError.of(failure).needsReconnect()) {
      connectFailed(owner, failure);
    }
  }

  private void timedOut(Redis owner, Promise<Response> reply, Duration timeout) {
    RedisUnavailable failure =
        RedisUnavailable.timeout("no reply within " + timeout.toMillis() + " ms");
    if (reply.tryFail(failure)) {
      lost(owner, failure);
    }
  }

  private Future<RedisConnection> connect() {
    if (connection != null) {
      return connection;
    }
    if (System.nanoTime() - retryNotBefore < 0 && lastFailure != null) {
      return Future.failedFuture(lastFailure);
    }
    try {
      client = clientFactory.get();
    } catch (RuntimeException invalidSettings) {
      return Future.failedFuture(invalidSettings);
    }
    return connect(client);
  }

  private Future<RedisConnection> connect(Redis owner) {
    Promise<RedisConnection> promise = Promise.promise();
    connection = promise.future();
    long timer =
        vertx.setTimer(
            settings.connectTimeout().toMillis(),
            boundary.handler("timeout", fired -> promise.tryFail(noConnection())));
    connection.onComplete(boundary.handler("connect", result -> vertx.cancelTimer(timer)));
    connection.onSuccess(boundary.handler("connected", open -> connected(owner, open)));
    connection.onFailure(boundary.handler("connect", cause -> connectFailed(owner, cause)));
    Future.succeededFuture() // an exception of the client is a failure, too
        .compose(now -> owner.connect())
        .onComplete(boundary.handler("connect", result -> complete(promise, result)));
    return promise.future();
  }

  private static RedisUnavailable noConnection() {
    return RedisUnavailable.timeout("no connection in time");
  }

  private void connectFailed(Redis owner, Throwable cause) {
    if (owner == client) {
      lastFailure = cause;
      retryNotBefore = System.nanoTime() + settings.retryDelay().toNanos();
      drop();
    }
  }

  private void connected(Redis owner, RedisConnection open) {
    if (owner != client) { // Closed while it was connecting.
      owner.close();
      return;
    }
    onConnected.run();
    lastFailure = null;
    open.exceptionHandler(boundary.handler("exception", cause -> lost(owner, cause)));
    open.endHandler(boundary.handler("end", end -> lost(owner, closed())));
  }

  private static RedisUnavailable closed() {
    return new RedisUnavailable("Redis closed the connection", null);
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
