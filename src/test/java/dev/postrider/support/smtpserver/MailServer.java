package dev.postrider.support.smtpserver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;

/**
 * A strict SMTP server (RFC 5321) for tests and benchmarks: receives mail and relays none, counts
 * violations of the protocol. An {@link AnswerScript} may change every answer.
 *
 * <p>All its connections use one event loop. A mail reaches the consumer, on that loop, before the
 * final reply is written.
 */
public final class MailServer {

  private final ServerContext serverContext;
  private final NetServer server;

  /**
   * @param inbox is called on the event loop for each mail taken and must not block
   */
  public MailServer(
      Vertx vertx, MailServerOptions options, AnswerScript answerScript, Consumer<Received> inbox) {
    this.serverContext =
        new ServerContext(vertx, options, answerScript, inbox, new ServerCounters());
    this.server = vertx.createNetServer(netOptions(options)).connectHandler(this::connected);
  }

  /** Listens; fails if the port is taken. */
  public Future<MailServer> start() {
    return server.listen().map(this);
  }

  /** The port it listens on, once started. */
  public int port() {
    return server.actualPort();
  }

  /** What it has counted so far. */
  public ServerCounters counters() {
    return serverContext.serverCounters();
  }

  /** Stops listening and closes every connection. */
  public Future<Void> stop() {
    return server.close();
  }

  private void connected(NetSocket socket) {
    new ServerSession(serverContext, socket).open();
  }

  private static NetServerOptions netOptions(MailServerOptions options) {
    NetServerOptions net =
        new NetServerOptions()
            .setHost(options.host())
            .setPort(options.port())
            .setAcceptBacklog(8_192)
            .setSsl(options.usesImplicitTls());
    options.certificate().ifPresent(net::setKeyCertOptions);
    return net;
  }
}
