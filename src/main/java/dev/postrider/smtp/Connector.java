package dev.postrider.smtp;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Opens TCP connections to one server, and holds what their TLS needs. */
final class Connector {

  private final SmtpServer server;
  private final NetClient client;

  Connector(Vertx vertx, SmtpServer server) {
    this.server = server;
    this.client = vertx.createNetClient(options(server));
  }

  Future<NetSocket> connect() {
    return client.connect(server.port(), server.host(), serverName(server.host()));
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
