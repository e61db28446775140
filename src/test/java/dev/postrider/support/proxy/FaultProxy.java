package dev.postrider.support.proxy;

import dev.postrider.support.Signal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy that is bad on request: it slows, holds, swallows and cuts connections to an SMTP or
 * Redis server. Every change holds for open and later connections, and is in force when the method
 * returns.
 */
public final class FaultProxy implements AutoCloseable {

  private static final Duration CHANGE_MAX = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context loop = vertx.getOrCreateContext();
  private final NetClient dialler = vertx.createNetClient();
  private final int target;
  private final Set<ProxyLink> links = new LinkedHashSet<>();
  private final Map<Direction, Flow> flows = new EnumMap<>(Direction.class);
  private final Signal fired = new Signal();
  private Optional<Cut> cut = Optional.empty();
  private int cutsLeft;
  private NetServer server;
  private int port;

  private FaultProxy(int target) {
    this.target = target;
    flows.put(Direction.UP, Flow.pass());
    flows.put(Direction.DOWN, Flow.pass());
  }

  /** Starts a proxy before a port of 127.0.0.1. */
  public static FaultProxy before(int target) {
    FaultProxy proxy = new FaultProxy(target);
    proxy.listen();
    return proxy;
  }

  /** The port of 127.0.0.1 to connect to; it never changes. */
  public int port() {
    return port;
  }

  /** Changes how bytes travel in one direction. */
  public void flow(Direction direction, Flow flow) {
    onLoop(
        () -> {
          flows.put(direction, flow);
          links.forEach(link -> link.flow(direction, flow));
        });
  }

  /** Changes both lanes. */
  public void flow(Flow flow) {
    flow(Direction.UP, flow);
    flow(Direction.DOWN, flow);
  }

  /** Cuts the next connection that meets the condition, then no more. */
  public void cutOnce(Cut where) {
    cut(where, 1);
  }

  /** Cuts this many connections that meet the condition, one after the other. */
  public void cut(Cut where, int times) {
    onLoop(() -> arm(Optional.of(where), times));
  }

  /** Passes everything again and forgets the cut; what was held leaves now. */
  public void heal() {
    flow(Flow.pass());
    onLoop(() -> arm(Optional.empty(), 0));
  }

  /** Ends every open connection on both sides (RST); new ones are welcome. */
  public void killAll() {
    onLoop(() -> List.copyOf(links).forEach(ProxyLink::kill));
  }

  /** Ends every open connection on both sides (FIN); new ones are welcome. */
  public void closeAll() {
    onLoop(() -> List.copyOf(links).forEach(ProxyLink::close));
  }

  /** Stops listening, so that connecting is refused; open connections end. */
  public void shut() {
    join(server.close());
  }

  /** Listens again on the same port. */
  public void open() {
    listen();
  }

  /** Waits until this many connections were cut since the start. */
  public void awaitCuts(int count, Duration bound) {
    fired.await(count, bound);
  }

  /** How many connections were cut since the start. */
  public int cuts() {
    return fired.count();
  }

  @Override
  public void close() {
    join(vertx.close());
  }

  Flow flow(Direction direction) {
    return flows.get(direction);
  }

  /** Takes one of the cuts that are left. */
  boolean mayCut() {
    return cutsLeft-- > 0;
  }

  void fired() {
    fired.raise();
  }

  void gone(ProxyLink link) {
    links.remove(link);
  }

  private void arm(Optional<Cut> where, int times) {
    cut = where;
    cutsLeft = times;
    links.forEach(link -> link.watchFor(where));
  }

  private void listen() {
    NetServerOptions options =
        new NetServerOptions().setHost("127.0.0.1").setPort(port).setAcceptBacklog(8_192);
    Promise<NetServer> listening = Promise.promise();
    loop.runOnContext(
        turn -> vertx.createNetServer(options).connectHandler(this::connected).listen(listening));
    server = join(listening.future());
    port = server.actualPort();
  }

  private void connected(NetSocket client) {
    client.pause();
    dialler
        .connect(target, "127.0.0.1")
        .onSuccess(upstream -> link(client, upstream))
        .onFailure(refused -> client.close());
  }

  private void link(NetSocket client, NetSocket upstream) {
    ProxyLink link = new ProxyLink(vertx, this, client, upstream);
    links.add(link);
    link.watchFor(cut);
    link.open();
  }

  private void onLoop(Runnable change) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(turn -> run(change, done));
    join(done.future());
  }

  private static void run(Runnable change, Promise<Void> done) {
    change.run();
    done.complete();
  }

  private static <T> T join(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(CHANGE_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The proxy did not obey.", e);
    }
  }
}
