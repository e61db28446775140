package dev.postrider.redis.connection;

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
 * One connection to one server. Commands travel pipelined and in order; each ends in a reply or a
 * failure within its time; a lost connection is dialled again by the next command.
 *
 * <p>Lives on one event loop. Commands sent while it is being dialled wait for that one attempt;
 * for {@code retryDelay} after a failed attempt they fail at once, so that callers with their own
 * back-off cannot hammer a Redis that is down.
 */
final class ServerConnection implements Connection {

  private static final Logger LOG = Logger.getLogger(ServerConnection.class);

  private final Vertx vertx;
  private final Supplier<Redis> clientFactory;
  private final LinkSettings settings;
  private final Runnable onConnected;

  private Redis client;
  private volatile Future<RedisConnection> connection;
  private Throwable lastFailure;
  private long retryNotBefore = Long.MIN_VALUE;

  /**
   * @param dialer makes a client that knows one server, or where to ask for it
   * @param opened told of each new connection
   */
  ServerConnection(Vertx vertx, Supplier<Redis> dialer, LinkSettings settings, Runnable opened) {
    this.vertx = vertx;
    this.clientFactory = dialer;
    this.settings = settings;
    this.onConnected = opened;
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
    Duration patience = settings.commandTimeout().plus(blocking);
    return connect().compose(open -> sendWithTimeout(client, open, request, patience));
  }

  private Future<Response> sendWithTimeout(
      Redis owner, RedisConnection open, Request request, Duration patience) {
    Promise<Response> reply = Promise.promise();
    long timer = vertx.setTimer(patience.toMillis(), fired -> timedOut(owner, reply, patience));
    open.send(request)
        .onComplete(
            result -> {
              vertx.cancelTimer(timer);
              complete(reply, result);
              reconnectIfWrongServer(owner, result.cause());
            });
    return reply.future();
  }

  private static <T> void complete(Promise<T> reply, AsyncResult<T> result) {
    if (result.succeeded()) {
      reply.tryComplete(result.result());
    } else {
      reply.tryFail(RedisUnavailable.orReply(result.cause()));
    }
  }

  /** It was a master once; by dialling anew, in a moment, the present one is found. */
  private void reconnectIfWrongServer(Redis owner, Throwable failure) {
    if (failure != null && RedisError.of(failure).needsReconnect()) {
      connectFailed(owner, failure);
    }
  }

  private void timedOut(Redis owner, Promise<Response> reply, Duration patience) {
    RedisUnavailable down =
        RedisUnavailable.timeout("no reply within " + patience.toMillis() + " ms");
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
      dialling = clientFactory.get();
    } catch (RuntimeException impossible) { // The settings contradict themselves.
      return Future.failedFuture(impossible);
    }
    Promise<RedisConnection> dialled = Promise.promise();
    connection = dialled.future();
    client = dialling;
    long timer =
        vertx.setTimer(
            settings.connectTimeout().toMillis(),
            fired -> dialled.tryFail(RedisUnavailable.timeout("no connection in time")));
    dialling.connect().onComplete(result -> complete(dialled, result));
    connection.onComplete(result -> vertx.cancelTimer(timer));
    connection.onSuccess(open -> connected(dialling, open));
    connection.onFailure(cause -> connectFailed(dialling, cause));
    return dialled.future();
  }

  private void connectFailed(Redis owner, Throwable cause) {
    if (owner == client) {
      lastFailure = cause;
      retryNotBefore = System.nanoTime() + settings.retryDelay().toNanos();
      drop();
    }
  }

  private void connected(Redis owner, RedisConnection open) {
    if (owner != client) { // Closed while it was being dialled.
      owner.close();
      return;
    }
    onConnected.run();
    lastFailure = null;
    open.exceptionHandler(cause -> lost(owner, cause));
    open.endHandler(end -> lost(owner, new RedisUnavailable("Redis closed the connection", null)));
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
