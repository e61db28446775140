package dev.postrider.redis.connection;

import dev.postrider.handler.ErrorBoundary;
import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.RedisError;
import dev.postrider.redis.RedisUnavailable;
import dev.postrider.timing.Backoff;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Connections to a cluster: one to each server that is needed. A server that is down stops the
 * queues in its slots only.
 *
 * <p>Lives on one event loop. Follows redirections (MOVED, ASK), retries while keys move
 * (TRYAGAIN), and reads the slots again after a lost connection or if no server has a slot.
 */
final class ClusterConnection implements Connection {

  /** Redirections of one command: a slot moves one step at a time. */
  private static final int REDIRECTIONS_MAX = 5;

  /** Retries of a command whose keys are moving. */
  private static final int RETRIES_MAX = 5;

  private static final Backoff RETRY_DELAY =
      new Backoff(Duration.ofMillis(50), Duration.ofMillis(800));

  private final Vertx vertx;
  private final ErrorBoundary boundary;
  private final List<String> seeds;
  private final Function<String, Connection> connect;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final SlotTable slots = new SlotTable();
  private Future<Void> reading;
  private boolean stale = true;

  /**
   * @param seeds {@code host:port} of some servers of the cluster, at least one
   * @param connect creates the connection to a server
   */
  ClusterConnection(
      Vertx vertx, List<String> seeds, HandlerErrors errors, Function<String, Connection> connect) {
    this.vertx = vertx;
    this.boundary = new ErrorBoundary("redis", errors, error -> stale = true);
    this.seeds = List.copyOf(seeds);
    this.connect = connect;
  }

  @Override
  public boolean isConnected() {
    return connections.values().stream().anyMatch(Connection::isConnected);
  }

  @Override
  public void close() {
    connections.values().forEach(Connection::close);
    connections.clear();
    stale = true;
  }

  @Override
  public Future<Response> send(Request request, Duration blocking) {
    return new ClusterCommand(request, blocking).run();
  }

  private Connection connection(String server) {
    return connections.computeIfAbsent(server, connect);
  }

  /** All servers that may know the slots, connected ones first. */
  private Deque<String> servers() {
    Set<String> known = new LinkedHashSet<>();
    connections.entrySet().stream()
        .filter(entry -> entry.getValue().isConnected())
        .forEach(entry -> known.add(entry.getKey()));
    known.addAll(slots.owners());
    known.addAll(seeds);
    return new ArrayDeque<>(known);
  }

  private Future<Void> slotsKnown() {
    if (!stale) {
      return Future.succeededFuture();
    }
    if (reading != null) {
      return reading;
    }
    Promise<Void> read = Promise.promise();
    reading = read.future();
    readSlots(servers(), new RedisUnavailable("no server of the cluster", null))
        .onComplete(boundary.handler("slots", result -> slotsRead(read, result)));
    return read.future(); // complete already if every server fails at once
  }

  private void slotsRead(Promise<Void> read, AsyncResult<Void> result) {
    reading = null;
    read.handle(result);
  }

  private Future<Void> readSlots(Deque<String> servers, Throwable failure) {
    if (servers.isEmpty()) {
      return Future.failedFuture(failure);
    }
    String server = servers.poll();
    return Future.succeededFuture() // what a connection throws is a failure, too
        .compose(
            next ->
                connection(server).send(Request.cmd(Command.CLUSTER).arg("SLOTS"), Duration.ZERO))
        .map(ranges -> update(ranges, server))
        .recover(cause -> readSlots(servers, RedisUnavailable.orReply(cause)));
  }

  private Void update(Response ranges, String asked) {
    slots.update(ranges, asked);
    stale = false;
    Set<String> unused = new LinkedHashSet<>(connections.keySet());
    unused.removeAll(slots.owners());
    unused.remove(asked);
    unused.forEach(server -> connections.remove(server).close());
    return null;
  }

  /** One command, with its redirections and retries so far. */
  private final class ClusterCommand {

    private final Request request;
    private final Duration blocking;
    private int redirections;
    private int retries;

    ClusterCommand(Request request, Duration blocking) {
      this.request = request;
      this.blocking = blocking;
    }

    Future<Response> run() {
      return slotsKnown().compose(known -> send(owner()));
    }

    /** Without a key or a known owner, any server: its reply redirects if necessary. */
    private String owner() {
      return ClientInternals.firstKey(request)
          .map(key -> slots.owner(ClientInternals.slot(key)))
          .orElseGet(() -> servers().peek());
    }

    private Future<Response> send(String server) {
      return connection(server).send(request, blocking).recover(failure -> failed(server, failure));
    }

    private Future<Response> failed(String server, Throwable failure) {
      RedisError redisError = RedisError.of(failure);
      if (redisError == RedisError.MOVED && redirections++ < REDIRECTIONS_MAX) {
        return Redirection.parse(failure, server)
            .map(this::sendMoved)
            .orElseGet(() -> Future.failedFuture(failure));
      }
      if (redisError == RedisError.ASK && redirections++ < REDIRECTIONS_MAX) {
        return Redirection.parse(failure, server)
            .map(ask -> sendAsking(ask.owner()))
            .orElseGet(() -> Future.failedFuture(failure));
      }
      if (redisError == RedisError.TRYAGAIN && retries++ < RETRIES_MAX) {
        return runLater();
      }
      stale = stale || failure instanceof RedisUnavailable || redisError == RedisError.CLUSTERDOWN;
      return Future.failedFuture(failure);
    }

    private Future<Response> sendMoved(Redirection moved) {
      slots.update(moved.slot(), moved.owner());
      return send(moved.owner());
    }

    /** ASKING applies to the next command of the connection, so both are sent together. */
    private Future<Response> sendAsking(String server) {
      Connection connection = connection(server);
      Future<Response> asking = connection.send(Request.cmd(Command.ASKING), Duration.ZERO);
      Future<Response> reply = connection.send(request, blocking);
      return asking.compose(ok -> reply).recover(failure -> failed(server, failure));
    }

    private Future<Response> runLater() {
      redirections = 0;
      Promise<Void> delayed = Promise.promise();
      Duration delay = RETRY_DELAY.delay(retries, ThreadLocalRandom.current().nextDouble());
      vertx.setTimer(delay.toMillis(), boundary.handler("retry", fired -> delayed.complete()));
      return delayed.future().compose(over -> run());
    }
  }
}
