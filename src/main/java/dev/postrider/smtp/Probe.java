package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import dev.postrider.handler.HandlerErrors;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Set;

/**
 * Checks that a server accepts our connection and login; sends no mail: connect, TLS, login, QUIT.
 * Ends within a minute, whatever the server does.
 */
public final class Probe {

  /** Short: a person waits for the answer. */
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration DEADLINE_CHECK_INTERVAL = Duration.ofMillis(250);

  private final Vertx vertx;
  private final SmtpServer server;
  private final Connector connector;
  private final Promise<ProbeResult> promise = Promise.promise();
  private final ErrorBoundary boundary =
      new ErrorBoundary("smtp", new HandlerErrors(), this::failed);
  private final long startedAt = DeadlineTimer.CLOCK.getAsLong();

  private Probe(Vertx vertx, SmtpServer server) {
    this.vertx = vertx;
    this.server = server;
    this.connector =
        new Connector(
            vertx,
            server,
            PoolSupport.of(vertx, new HandlerErrors(), new Workarounds(WorkaroundListener.NONE)));
  }

  /**
   * What a server that accepts us offers.
   *
   * @param encrypted whether the connection is
   * @param loggedIn whether it accepted our credentials
   * @param keywords of EHLO, in upper case
   * @param took time until it was ready for mail
   * @param ownName our name in EHLO
   */
  public record ProbeResult(
      boolean encrypted, boolean loggedIn, Set<String> keywords, Duration took, String ownName) {}

  /** Fails with a message for people that holds no secret. */
  public static Future<ProbeResult> of(Vertx vertx, SmtpServer server) {
    return new Probe(vertx, server.withTimeouts(Timeouts.all(STEP_TIMEOUT))).run();
  }

  private Future<ProbeResult> run() {
    vertx.getOrCreateContext().runOnContext(boundary.handler("connect", this::connect));
    return promise.future().onComplete(boundary.handler("end", done -> connector.close()));
  }

  private void connect(Void nothing) {
    connector
        .connect()
        .onSuccess(boundary.handler("connected", this::connected))
        .onFailure(boundary.handler("connected", this::unreachable));
  }

  private void unreachable(Throwable error) {
    promise.tryFail("cannot be reached: " + error.getMessage());
  }

  private void failed(Throwable error) {
    promise.tryFail("an error of Postrider itself: " + error.getClass().getName());
  }

  private void connected(NetSocket socket) {
    SmtpConnection connection = new SmtpConnection(socket, DeadlineTimer.CLOCK, boundary, () -> {});
    long timer =
        vertx.setPeriodic(
            DEADLINE_CHECK_INTERVAL.toMillis(),
            boundary.handler(
                "timer", tick -> connection.checkDeadline(DeadlineTimer.CLOCK.getAsLong())));
    promise.future().onComplete(boundary.handler("end", done -> vertx.cancelTimer(timer)));
    new Handshake(connection, server, forgetful())
        .run()
        .onSuccess(boundary.handler("ready", offered -> ready(connection, socket, offered)))
        .onFailure(boundary.handler("handshake", error -> refused(connection, error)));
  }

  private static LoginMemory forgetful() {
    return ServerMemory.of(new Workarounds(WorkaroundListener.NONE)).logins();
  }

  private void ready(SmtpConnection connection, NetSocket socket, Capabilities offered) {
    Duration took = Duration.ofMillis(DeadlineTimer.CLOCK.getAsLong() - startedAt);
    ProbeResult result =
        new ProbeResult(
            socket.isSsl(),
            server.login().isPresent(),
            offered.keywords(),
            took,
            EhloName.of(server.heloName(), socket.localAddress()));
    connection
        .write(Buffer.buffer("QUIT\r\n"))
        .onComplete(boundary.handler("quit", written -> close(connection, result)));
  }

  private void close(SmtpConnection connection, ProbeResult result) {
    connection.disown();
    connection.close();
    promise.tryComplete(result);
  }

  private void refused(SmtpConnection connection, Throwable error) {
    connection.disown();
    connection.close();
    promise.tryFail(error.getMessage());
  }
}
