package dev.postrider.redis.connection;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.ZModem;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The way to a cluster: a wire to each server that is needed, and no other. A server that is down
 * stops the queues whose slots it has, and nothing else.
 *
 * <p>Lives on one event loop. Follows redirections (MOVED, ASK), waits a little for keys that are
 * on their way (TRYAGAIN), and asks anew who owns what after a redirection or a loss.
 */
final class ClusterConnection implements Connection {

  /** Redirections of one command: a slot moves once at a time. */
  private static final int REDIRECTIONS_MAX = 5;

  /** Tries of a command whose keys are on their way; the pause doubles from 50 ms to 800 ms. */
  private static final int TRIES_MAX = 5;

  private static final long FIRST_PAUSE_MS = 50;

  private final Vertx vertx;
  private final List<String> seeds;
  private final Function<String, Connection> connect;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final SlotTable slots = new SlotTable();
  private Future<Void> reading;
  private boolean stale = true;

  /**
   * @param seeds {@code host:port} of some servers of the cluster, at least one
   * @param dial makes the wire to a server
   */
  ClusterConnection(Vertx vertx, List<String> seeds, Function<String, Connection> dial) {
    this.vertx = vertx;
    this.seeds = List.copyOf(seeds);
    this.connect = dial;
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

  /** All that may know the cluster: first those that answer already. */
  private Deque<String> servers() {
    Set<String> known = new LinkedHashSet<>();
    connections.entrySet().stream()
        .filter(e -> e.getValue().isConnected())
        .forEach(e -> known.add(e.getKey()));
    known.addAll(slots.owners());
    known.addAll(seeds);
    return new ArrayDeque<>(known);
  }

  private Future<Void> slotsKnown() {
    if (!stale) {
      return Future.succeededFuture();
    }
    if (reading == null) {
      Promise<Void> learned = Promise.promise();
      reading = learned.future();
      reading.onComplete(end -> reading = null);
      readSlots(servers(), new RedisUnavailable("no server of the cluster", null))
          .onComplete(learned);
    }
    return reading;
  }

  private Future<Void> readSlots(Deque<String> left, Throwable failure) {
    if (left.isEmpty()) {
      return Future.failedFuture(failure);
    }
    String server = left.poll();
    return connection(server)
        .send(Request.cmd(Command.CLUSTER).arg("SLOTS"), Duration.ZERO)
        .map(ranges -> update(ranges, server))
        .recover(cause -> readSlots(left, cause));
  }

  private Void update(Response ranges, String asked) {
    slots.update(ranges, asked);
    stale = false;
    Set<String> needed = slots.owners();
    Set<String> left = new LinkedHashSet<>(connections.keySet());
    left.removeAll(needed);
    left.remove(asked);
    left.forEach(server -> connections.remove(server).close());
    return null;
  }

  /** One command on its way, with what it has met so far. */
  private final class ClusterCommand {

    private final Request request;
    private final Duration blocking;
    private int redirections;
    private int tries;

    ClusterCommand(Request request, Duration blocking) {
      this.request = request;
      this.blocking = blocking;
    }

    Future<Response> run() {
      return slotsKnown().compose(table -> send(owner()));
    }

    /** A command without keys, or of a slot that nobody has, goes anywhere: the reply tells. */
    private String owner() {
      List<byte[]> keys = ((RequestImpl) request).keys();
      String owner = keys.isEmpty() ? null : slots.owner(ZModem.generate(keys.get(0)));
      return owner == null ? servers().peek() : owner;
    }

    private Future<Response> send(String server) {
      return connection(server).send(request, blocking).recover(failure -> failed(server, failure));
    }

    private Future<Response> failed(String server, Throwable failure) {
      RedisError redisError = RedisError.of(failure);
      if (redisError == RedisError.MOVED && redirections++ < REDIRECTIONS_MAX) {
        Redirection moved = Redirection.parse((ErrorType) failure, server);
        slots.update(moved.slot(), moved.owner());
        return send(moved.owner());
      }
      if (redisError == RedisError.ASK && redirections++ < REDIRECTIONS_MAX) {
        return sendAsking(Redirection.parse((ErrorType) failure, server).owner());
      }
      if (redisError == RedisError.TRYAGAIN && tries++ < TRIES_MAX) {
        return runLater();
      }
      stale = stale || failure instanceof RedisUnavailable || redisError == RedisError.CLUSTERDOWN;
      return Future.failedFuture(failure);
    }

    /** The permission holds for the next command of that connection, so both leave together. */
    private Future<Response> sendAsking(String server) {
      Connection wire = connection(server);
      Future<Response> asking = wire.send(Request.cmd(Command.ASKING), Duration.ZERO);
      Future<Response> reply = wire.send(request, blocking);
      return asking.compose(ok -> reply).recover(failure -> failed(server, failure));
    }

    private Future<Response> runLater() {
      redirections = 0;
      Promise<Void> paused = Promise.promise();
      vertx.setTimer(FIRST_PAUSE_MS << tries - 1, fired -> paused.complete());
      return paused.future().compose(over -> run());
    }
  }
}
