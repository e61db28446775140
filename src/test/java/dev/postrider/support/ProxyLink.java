package dev.postrider.support;

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
  private final Map<Lane, ProxyLane> lanes = new EnumMap<>(Lane.class);
  private Optional<CutFinder> finder = Optional.empty();
  private boolean over;

  ProxyLink(Vertx vertx, FaultProxy proxy, NetSocket client, NetSocket server) {
    this.proxy = proxy;
    this.client = client;
    this.server = server;
    lanes.put(Lane.UP, new ProxyLane(vertx, client, server, proxy.flow(Lane.UP)));
    lanes.put(Lane.DOWN, new ProxyLane(vertx, server, client, proxy.flow(Lane.DOWN)));
  }

  void open() {
    attach(client, Lane.UP);
    attach(server, Lane.DOWN);
    client.resume();
    server.resume();
  }

  void flow(Lane lane, Flow flow) {
    lanes.get(lane).flow(flow);
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

  private void attach(NetSocket socket, Lane lane) {
    socket.handler(octets -> came(lane, octets));
    socket.endHandler(end -> lanes.get(lane).end());
    socket.exceptionHandler(lost -> lanes.get(lane).end());
    socket.closeHandler(end -> proxy.gone(this));
  }

  private void came(Lane lane, Buffer octets) {
    if (over) {
      return;
    }
    OptionalInt place =
        finder
            .filter(looking -> looking.cut().lane() == lane)
            .map(looking -> looking.find(octets.getBytes()))
            .orElse(OptionalInt.empty());
    if (place.isPresent() && proxy.mayCut()) {
      cut(lane, octets.slice(0, place.getAsInt()));
    } else {
      lanes.get(lane).add(octets);
    }
  }

  private void cut(Lane lane, Buffer last) {
    over = true;
    proxy.fired();
    boolean byReset = finder.orElseThrow().cut().byReset();
    lanes.get(lane).add(last);
    lanes.get(Lane.UP).cut();
    if (byReset) {
      reset(client);
    } else {
      lanes.get(Lane.DOWN).cut();
    }
  }

  private static void reset(NetSocket socket) {
    Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    socket.close();
  }
}
