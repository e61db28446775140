package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Opens connections to one server and decides how many there may be: fewer, and after a pause, when
 * the server pushes back.
 */
final class ConnectionOpener {

  private final SmtpServer server;
  private final Connector connector;
  private final LongSupplier clock;
  private final ConnectionWindow window;
  private final ReconnectBackoff backoff;

  ConnectionOpener(SmtpServer server, Connector connector, LongSupplier clock) {
    this.server = server;
    this.connector = connector;
    this.clock = clock;
    this.window = new ConnectionWindow(server.limits().connections());
    this.backoff = new ReconnectBackoff(server.limits().backoff());
  }

  /** How many connections there may be now. */
  int allowed() {
    return window.size();
  }

  /**
   * @param connections that are ready or being opened
   */
  boolean mayOpen(int connections) {
    return connections < window.size() && !backoff.isPausing(clock.getAsLong());
  }

  /** Opens one connection and makes it ready; fails with {@link ConnectionFailed}. */
  Future<Session> open(Function<NetSocket, Session> session) {
    return connector
        .connect()
        .recover(failure -> Future.failedFuture(unreachable(failure)))
        .map(session)
        .compose(Session::open);
  }

  private ConnectionFailed unreachable(Throwable failure) {
    return ConnectFailure.of(server, failure);
  }

  /**
   * Adapts to a connection that could not be opened.
   *
   * @param connections that are ready or still being opened
   */
  void failed(ConnectionFailed failure, int connections) {
    backoff.failed(
        clock.getAsLong(),
        new SendResult.NotSent(
            failure.result().phase(), failure.getMessage(), failure.needsOperator()));
    window.shrink(connections);
  }

  /**
   * Adapts to the result of a mail.
   *
   * @param openedAt when its connection was opened
   * @param ready how many connections are ready
   */
  void adapt(SendResult result, long openedAt, int ready) {
    if (ConnectionFailed.isClosing(result)) {
      window.shrink(ready / 2);
      backoff.failed(
          clock.getAsLong(),
          new SendResult.NotSent(Phase.CONNECTING, "the server closed with 421"));
    } else if (result instanceof SendResult.Accepted || result instanceof SendResult.Refused) {
      window.grow();
      backoff.succeeded(openedAt);
    }
  }

  /** The result of mails for which no connection is opened now. */
  SendResult notSent() {
    return backoff.notSent(clock.getAsLong());
  }

  void close() {
    connector.close();
  }
}
