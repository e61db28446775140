package dev.postrider.smtpserver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;

/**
 * An SMTP server (RFC 5321) that hands each message to a {@link MessageListener}. It offers
 * PIPELINING, CHUNKING, 8BITMIME, SMTPUTF8 and SIZE, but neither TLS nor authentication.
 */
public final class SmtpReceiver {

  private static final int BACKLOG = 8_192;

  /** RFC 5321 §4.5.3.2.7 asks for 5 minutes at least. */
  private static final int IDLE_SECONDS_MAX = 300;

  private final Vertx vertx;
  private final int sizeMax;
  private final MessageListener listener;
  private final NetServer server;

  /**
   * @param sizeMax the largest message, in bytes
   */
  public SmtpReceiver(Vertx vertx, int sizeMax, MessageListener listener) {
    this.vertx = vertx;
    this.sizeMax = sizeMax;
    this.listener = listener;
    this.server =
        vertx
            .createNetServer(
                new NetServerOptions().setAcceptBacklog(BACKLOG).setIdleTimeout(IDLE_SECONDS_MAX))
            .connectHandler(this::connected);
  }

  /**
   * Starts to listen; fails if the port is taken.
   *
   * @param port 0 for any free port
   */
  public Future<SmtpReceiver> listen(String host, int port) {
    return server.listen(port, host).map(this);
  }

  /** The port it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** Stops to listen and closes all connections. */
  public Future<Void> close() {
    return server.close();
  }

  private void connected(NetSocket socket) {
    ReceiverDialogue dialogue = new ReceiverDialogue(sizeMax, listener);
    new ReceiverConnection(vertx.getOrCreateContext(), socket, dialogue).open();
  }
}
