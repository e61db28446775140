package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import dev.postrider.handler.HandlerErrors;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Opens one TCP connection to the first of several addresses that answers (RFC 8305 §5): the next
 * one is tried after a short time, or at once if one fails. Connections that come later are closed.
 * Runs on one context.
 */
final class ConnectRace {

  /** RFC 8305 §8 recommends 250 ms. */
  private static final Duration HEAD_START = Duration.ofMillis(250);

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final NetClient client;
  private final ErrorBoundary boundary;
  private final Deque<SocketAddress> addresses = new ArrayDeque<>();
  private final Set<String> failures = new LinkedHashSet<>();
  private final Promise<NetSocket> winner = Promise.promise();
  private int underWay;
  private long timer = NO_TIMER;

  ConnectRace(Vertx vertx, NetClient client, HandlerErrors errors) {
    this.vertx = vertx;
    this.client = client;
    this.boundary = new ErrorBoundary("smtp", errors, this::fail);
  }

  ErrorBoundary boundary() {
    return boundary;
  }

  /** Fails with a message for people unless there is a connection in this time. */
  Future<NetSocket> within(Duration bound) {
    long end =
        vertx.setTimer(
            bound.toMillis(),
            boundary.handler(
                "connect", late -> fail("no answer within " + bound.toMillis() + " ms")));
    winner.future().onComplete(boundary.handler("connect", done -> vertx.cancelTimer(end)));
    return winner.future();
  }

  /** Starts with the first address. */
  void start(List<SocketAddress> all) {
    addresses.addAll(all);
    next();
  }

  void fail(Throwable failure) {
    winner.tryFail(failure);
  }

  private void fail(String cause) {
    failures.add(cause);
    winner.tryFail(String.join("; ", failures));
  }

  private void next() {
    vertx.cancelTimer(timer);
    SocketAddress address = addresses.poll();
    if (address == null || winner.future().isComplete()) {
      return;
    }
    underWay++;
    if (!addresses.isEmpty()) {
      timer = vertx.setTimer(HEAD_START.toMillis(), boundary.handler("connect", waited -> next()));
    }
    client.connect(address).onComplete(boundary.handler("connect", this::ended));
  }

  private void ended(AsyncResult<NetSocket> attempt) {
    underWay--;
    if (attempt.succeeded()) {
      if (!winner.tryComplete(attempt.result())) {
        attempt.result().close();
      }
      return;
    }
    failures.add(attempt.cause().getMessage());
    if (!addresses.isEmpty()) {
      next();
    } else if (underWay == 0) {
      winner.tryFail(String.join("; ", failures));
    }
  }
}
