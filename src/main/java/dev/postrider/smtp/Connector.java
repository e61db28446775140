package dev.postrider.smtp;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Opens TCP connections to one server at whatever address it has now, and holds what their TLS
 * needs.
 */
final class Connector {

  private final Vertx vertx;
  private final SmtpServer server;
  private final PoolSupport support;
  private final NetClient client;
  private Future<List<InetAddress>> lastLookup;

  Connector(Vertx vertx, SmtpServer server, PoolSupport support) {
    this.vertx = vertx;
    this.server = server;
    this.support = support;
    this.client = vertx.createNetClient(options(server));
  }

  /** Looks up the host and tries all its addresses, within the time to connect as a whole. */
  Future<NetSocket> connect() {
    ConnectRace race = new ConnectRace(vertx, client, support.errors());
    Future<NetSocket> winner = race.within(server.timeouts().connect());
    Future.succeededFuture()
        .compose(now -> addresses())
        .map(this::inTurn)
        .onSuccess(race.boundary().handler("addresses", race::start))
        .onFailure(race.boundary().handler("addresses", race::fail));
    return winner;
  }

  /** Connections that are opened together need one look-up. */
  private Future<List<InetAddress>> addresses() {
    if (lastLookup == null || lastLookup.isComplete()) {
      lastLookup = support.lookup().addresses(server.host());
    }
    return lastLookup;
  }

  /** IPv4 and IPv6 in turn (RFC 8305 §4), beginning with the family that the system prefers. */
  private List<SocketAddress> inTurn(List<InetAddress> addresses) {
    boolean firstFamily = addresses.get(0) instanceof Inet4Address;
    List<InetAddress> preferred = new ArrayList<>();
    List<InetAddress> others = new ArrayList<>();
    for (InetAddress address : addresses) {
      (address instanceof Inet4Address == firstFamily ? preferred : others).add(address);
    }
    List<SocketAddress> all = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      preferred.stream().skip(i).limit(1).map(this::socketAddress).forEach(all::add);
      others.stream().skip(i).limit(1).map(this::socketAddress).forEach(all::add);
    }
    return all;
  }

  /** The name of the host is kept with the address: the certificate is checked against it. */
  private SocketAddress socketAddress(InetAddress address) {
    return SocketAddress.inetSocketAddress(new InetSocketAddress(address, server.port()));
  }

  void close() {
    client.close();
  }

  /** The name for SNI; none for an address (RFC 6066 §3). */
  static String serverName(String host) {
    boolean address = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    return address ? null : host;
  }

  private static NetClientOptions options(SmtpServer server) {
    NetClientOptions options = server.trust().options().apply(new NetClientOptions());
    int connectMillis = Math.toIntExact(server.timeouts().connect().toMillis());
    options
        .setConnectTimeout(connectMillis)
        // Our own deadline comes first: its cause is known.
        .setSslHandshakeTimeout(2L * connectMillis)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"))
        .setTcpKeepAlive(true)
        // If unset, every handshake fails; if empty, no name is checked.
        .setHostnameVerificationAlgorithm(server.trust().trustAll() ? "" : "HTTPS");
    return options.setTrustAll(server.trust().trustAll());
  }
}
