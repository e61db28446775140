package dev.postrider.support.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One connection through the proxy: a client, a server, a lane each way, and a cut to look for. */
final class ProxyLink {

  private final FaultProxy proxy;
  private final NetSocket client;
  private final NetSocket server;
  private final Map<Direction, ProxyDirection> directions = new EnumMap<>(Direction.class);
  private Optional<CutFinder> finder = Optional.empty();
  private boolean over;

  ProxyLink(Vertx vertx, FaultProxy proxy, NetSocket client, NetSocket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    directions.put(
        Direction.UP, new ProxyDirection(vertx, client, server, proxy.flow(Direction.UP)));
    directions.put(
        Direction.DOWN, new ProxyDirection(vertx, server, client, proxy.flow(Direction.DOWN)));
  }

  void open() {
    attach(client, Direction.UP);
    attach(server, Direction.DOWN);
    client.resume();
    server.resume();
  }

  void flow(Direction direction, Flow flow) {
    directions.get(direction).flow(flow);
  }

  /** Looks for this cut from the next packet on. */
  void watchFor(Optional<Cut> cut) {
    finder = cut.map(CutFinder::new);
  }

  /** Ends both sides at once with a RST. */
  void kill() {
    over = true;
    reset(client);
    reset(server);
  }

  /** Ends both sides with a FIN. */
  void close() {
    over = true;
    client.close();
    server.close();
  }

  private void attach(NetSocket socket, Direction direction) {
    socket.handler(bytes -> came(direction, bytes));
    socket.endHandler(end -> directions.get(direction).end());
    socket.exceptionHandler(lost -> directions.get(direction).end());
    socket.closeHandler(end -> proxy.gone(this));
  }

  private void came(Direction direction, Buffer bytes) {
    if (over) {
      return;
    }
    OptionalInt place =
        finder
            .filter(looking -> looking.cut().direction() == direction)
            .map(looking -> looking.find(bytes.getBytes()))
            .orElse(OptionalInt.empty());
    if (place.isPresent() && proxy.mayCut()) {
      cut(direction, bytes.slice(0, place.getAsInt()));
    } else {
      directions.get(direction).add(bytes);
    }
  }

  private void cut(Direction direction, Buffer last) {
    over = true;
    proxy.fired();
    boolean byReset = finder.orElseThrow().cut().byReset();
    directions.get(direction).add(last);
    directions.get(Direction.UP).cut();
    if (byReset) {
      reset(client);
    } else {
      directions.get(Direction.DOWN).cut();
    }
  }

  private static void reset(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }
}
