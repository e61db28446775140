package dev.postrider.smtp;

import dev.postrider.smtp.PoolState.Adaptation;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Opens connections to one server and decides how many there may be: fewer, and after a pause, when
 * the server pushes back.
 */
final class ConnectionOpener {

  /** Exchange Online: more connections or mails at a time than this mailbox may have. */
  private static final int TOO_MANY_CONNECTIONS = 432;

  private final Connector connector;
  private final LongSupplier clock;
  private final ConnectFailures connectFailures;
  private final ConnectionWindow window;
  private final ReconnectBackoff backoff;
  private boolean loginUnproved;
  private int newConnectionsClosed; // in a row, by 421 at their first mail

  ConnectionOpener(SmtpServer server, Connector connector, LongSupplier clock) {
    this.connector = connector;
    this.clock = clock;
    this.connectFailures = new ConnectFailures(server, clock);
    this.loginUnproved = server.login().isPresent();
    this.window = new ConnectionWindow(server.limits().connections());
    this.backoff = new ReconnectBackoff(server.limits().backoff());
  }

  /** How many connections there may be now. */
  int allowed() {
    return window.size();
  }

  /** How many there may be at most. */
  int configured() {
    return window.max();
  }

  /** Why there may be fewer than configured, if so. */
  Optional<Adaptation> shrunk() {
    return window.shrunk(clock.getAsLong());
  }

  /**
   * With a login that has not succeeded yet, one at a time: servers lock accounts after a few wrong
   * passwords.
   *
   * @param connections that are ready or being opened
   */
  boolean mayOpen(int connections) {
    int most = loginUnproved ? 1 : window.size();
    return connections < most && !backoff.isPausing(clock.getAsLong());
  }

  /** Opens one connection and makes it ready; fails with {@link ConnectionFailed}. */
  Future<Session> open(Function<NetSocket, Session> session) {
    return tryToOpen(session)
        .recover(
            failure ->
                ConnectionFailed.of(failure).isWorthAnotherConnection()
                    ? tryToOpen(session)
                    : Future.failedFuture(failure));
  }

  private Future<Session> tryToOpen(Function<NetSocket, Session> session) {
    return connector
        .connect()
        .map(this::connected)
        .recover(failure -> Future.failedFuture(connectFailures.of(failure)))
        .map(session)
        .compose(Session::open);
  }

  private NetSocket connected(NetSocket socket) {
    connectFailures.connected();
    return socket;
  }

  /** A connection is ready. */
  void opened() {
    loginUnproved = false;
  }

  /**
   * Adapts to a connection that could not be opened.
   *
   * @param connections that are ready or still being opened
   */
  void failed(ConnectionFailed failure, int connections) {
    loginUnproved |= failure.result().phase() == Phase.AUTHENTICATING;
    pushedBack(
        new SendResult.NotSent(
            failure.result().phase(), failure.getMessage(), failure.needsOperator()),
        connections);
  }

  /**
   * Adapts to the result of a mail. A 421 that ends a connection which has served mail before is
   * the end of this connection and no more: Postfix closes one after 20 errors, others after a
   * number of mails. Only where new connections end so too, or the server speaks of the number of
   * connections, there have to be fewer.
   *
   * @param session its connection
   * @param ready how many connections are ready
   */
  void adapt(SendResult result, Session session, int ready) {
    if (!(result instanceof SendResult.Refused refused)) {
      if (result instanceof SendResult.Accepted) {
        served(session);
      }
    } else if (refused.reply().closing()) {
      closedBy(refused.reply(), session, ready);
    } else if (refused.reply().code() == TOO_MANY_CONNECTIONS) {
      pushedBack(refused.reply(), ready / 2);
    } else {
      served(session);
    }
  }

  private void served(Session session) {
    window.grow();
    backoff.succeeded(session.use().openedAt());
    newConnectionsClosed = 0;
  }

  private void closedBy(Reply reply, Session session, int ready) {
    if (session.use().isReused()) {
      return;
    }
    newConnectionsClosed++;
    if (newConnectionsClosed > 1) {
      pushedBack(reply, ready / 2);
    }
  }

  /** Mails that are refused together count once. */
  private void pushedBack(Reply reply, int connections) {
    if (!backoff.isPausing(clock.getAsLong())) {
      String cause = "the server asked for fewer connections: " + reply.text();
      pushedBack(new SendResult.NotSent(Phase.CONNECTING, cause), connections);
    }
  }

  private void pushedBack(SendResult.NotSent failure, int connections) {
    long now = clock.getAsLong();
    window.shrink(connections, now, failure.cause());
    backoff.failed(now, failure);
  }

  /** The result of mails for which no connection is opened now. */
  SendResult notSent() {
    return backoff.notSent(clock.getAsLong());
  }

  void close() {
    connector.close();
  }
}
