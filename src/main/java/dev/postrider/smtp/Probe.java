package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;

/**
 * Asks a server whether it would let us in, and sends no mail: connect, TLS, login, QUIT. It ends
 * within a minute whatever the server does.
 */
public final class Probe {

  /** Longest wait for each step: somebody looks at the clock. */
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DEADLINE_CHECK_INTERVAL = Duration.ofMillis(250);

  private final Vertx vertx;
  private final SmtpServer server;
  private final Connector connector;
  private final Promise<ProbeResult> promise = Promise.promise();
  private final long startedAt = SmtpConnection.now();

  private Probe(Vertx vertx, SmtpServer server) {
    this.vertx = vertx;
    this.server = server;
    this.connector = new Connector(vertx, server);
  }

  /**
   * How a server received us.
   *
   * @param encrypted true if the conversation was
   * @param loggedIn true if it took our credentials
   * @param keywords what it offers, in upper case
   * @param took until it was ready for mail
   */
  public record ProbeResult(
      boolean encrypted, boolean loggedIn, Set<String> keywords, Duration took) {}

  /** Fails with a message for people, which holds no secret. */
  public static Future<ProbeResult> of(Vertx vertx, SmtpServer server) {
    return new Probe(vertx, server.withTimeouts(Timeouts.all(STEP_TIMEOUT))).run();
  }

  private Future<ProbeResult> run() {
    connector
        .connect()
        .onSuccess(this::connected)
        .onFailure(why -> promise.tryFail("cannot be reached: " + why.getMessage()));
    return promise.future().onComplete(done -> connector.close());
  }

  private void connected(NetSocket socket) {
    SmtpConnection smtpConnection = new SmtpConnection(socket, () -> {});
    long sweep =
        vertx.setPeriodic(
            DEADLINE_CHECK_INTERVAL.toMillis(),
            tick -> smtpConnection.checkDeadline(SmtpConnection.now()));
    new Handshake(smtpConnection, server)
        .run()
        .onSuccess(offered -> ready(smtpConnection, socket, offered))
        .onFailure(why -> failed(smtpConnection, why));
    promise.future().onComplete(done -> vertx.cancelTimer(sweep));
  }

  private void ready(SmtpConnection smtpConnection, NetSocket socket, Capabilities offered) {
    Duration took = Duration.ofMillis(SmtpConnection.now() - startedAt);
    ProbeResult probeResult =
        new ProbeResult(socket.isSsl(), server.login().isPresent(), offered.keywords(), took);
    smtpConnection
        .write(Buffer.buffer("QUIT\r\n"))
        .onComplete(written -> close(smtpConnection, probeResult));
  }

  private void close(SmtpConnection smtpConnection, ProbeResult probeResult) {
    smtpConnection.setHandler(new IgnoreReplies());
    smtpConnection.close();
    promise.tryComplete(probeResult);
  }

  private void failed(SmtpConnection smtpConnection, Throwable why) {
    smtpConnection.setHandler(new IgnoreReplies());
    smtpConnection.close();
    promise.tryFail(why.getMessage());
  }

  /** Nothing that the server says now is of interest. */
  private static final class IgnoreReplies implements SmtpConnection.ReplyHandler {

    @Override
    public void onReply() {
      // We are leaving.
    }

    @Override
    public void onLost(String cause) {
      // So are we.
    }
  }
}
