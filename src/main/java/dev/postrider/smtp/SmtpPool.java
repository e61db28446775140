package dev.postrider.smtp;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Sends mail to one server over a bounded number of connections that it opens, reuses and closes.
 * One per event loop and route; not thread-safe: create and use it on one context.
 */
public final class SmtpPool {

  /** How often deadlines are looked at, hence their resolution. */
  public static final Duration DEADLINE_CHECK_INTERVAL = Duration.ofMillis(100);

  private static final Supplier<Future<Boolean>> ALWAYS = () -> Future.succeededFuture(true);

  private final Context context;
  private final SmtpServer server;
  private final PoolLimits limits;
  private final Connector connector;
  private final DeadlineTimer deadlineTimer;
  private final ResultNotifier resultNotifier;
  private final SessionRegistry sessionRegistry = new SessionRegistry();
  private final WaitQueue waitQueue;
  private final ConnectionWindow connectionWindow;
  private final ReconnectBackoff reconnectBackoff;
  private final Promise<Void> closed = Promise.promise();
  private boolean dispatching;
  private boolean closing;
  private long closeDeadline = Long.MAX_VALUE;

  /** Opens nothing yet. */
  public SmtpPool(Vertx vertx, SmtpServer server) {
    this.context = vertx.getOrCreateContext();
    this.server = server;
    this.limits = server.limits();
    this.connector = new Connector(vertx, server);
    this.deadlineTimer = new DeadlineTimer(vertx, context, this::checkDeadlines);
    this.resultNotifier = new ResultNotifier(context);
    this.waitQueue = new WaitQueue(limits);
    this.connectionWindow = new ConnectionWindow(limits.connections());
    this.reconnectBackoff =
        new ReconnectBackoff(limits.backOff(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Sends a mail as soon as a connection is free. The future never fails: every failure is a {@link
   * SendResult}. It completes within the bounds of {@link PoolLimits#waitTimeout()} and {@link
   * Timeouts}, on the context of this pool and never before this method has returned.
   *
   * @param message a whole RFC 5322 message, 7-bit, lines ended by CRLF, not dot-stuffed; must not
   *     change until the future is complete
   */
  public Future<SendResult> send(Envelope envelope, Buffer message, FinalDotGate finalDotGate) {
    return send(envelope, message, finalDotGate, ALWAYS);
  }

  /**
   * As {@link #send(Envelope, Buffer, Gate)}, for mail whose sense may be lost while it waits.
   *
   * @param stillValid asked when a connection is at hand and the mail had waited longer than {@link
   *     PoolLimits#recheckAfter()}; {@code false}, a failure or no answer in time and it is not
   *     sent
   */
  public Future<SendResult> send(
      Envelope envelope,
      Buffer message,
      FinalDotGate finalDotGate,
      Supplier<Future<Boolean>> stillValid) {
    PooledMail pooledMail = new PooledMail(envelope, message, finalDotGate, stillValid);
    resultNotifier.deferDuring(() -> admit(pooledMail));
    return pooledMail.future();
  }

  /** Counts at this moment, for metrics. */
  public PoolState state() {
    return sessionRegistry.state(waitQueue.size(), connectionWindow.size());
  }

  /**
   * Takes no more mail and says QUIT everywhere. Mail in hand has {@link Timeouts#quit()} left,
   * then its connection is cut; drain first.
   */
  public Future<Void> close() {
    if (!closing) {
      closing = true;
      closeDeadline = SmtpConnection.now() + server.timeouts().quit().toMillis();
      resultNotifier.complete(waitQueue.takeAll(), notSent("the pool is closing"));
      sessionRegistry.closeIdle();
      closeIfEmpty();
    }
    return closed.future();
  }

  // --- what sessions report

  /** A connection ended. */
  void connectionEnded(Session session) {
    if (sessionRegistry.remove(session)) {
      connectAsNeeded();
    }
    closeIfEmpty();
  }

  /** A mail is through; its connection, if it lives, takes the next before anyone is told. */
  void mailFinished(Session session, PooledMail pooledMail, SendResult result) {
    adaptLimits(session, result);
    release(session);
    resultNotifier.complete(pooledMail, result);
  }

  /** A mail met a stale connection. The other idle ones may be stale for the same reason. */
  void resendAfterStale(PooledMail pooledMail) {
    sessionRegistry.closeIdle();
    waitQueue.addFirst(pooledMail);
    connectAsNeeded();
  }

  /** A mail that waits although all connections that may be opened are being opened. */
  Optional<PooledMail> mailForLookahead() {
    boolean spare = !closing && waitQueue.size() > sessionRegistry.opening() && !overWindow();
    return spare && !needsRecheck(waitQueue.first())
        ? Optional.of(waitQueue.poll())
        : Optional.empty();
  }

  /** A mail that stood behind another goes to the connection that is free first. */
  void requeue(PooledMail pooledMail) {
    waitQueue.addFirst(pooledMail);
    dispatch();
    connectAsNeeded();
  }

  // --- mails and connections

  private void admit(PooledMail pooledMail) {
    Session idle = sessionRegistry.takeIdle();
    if (closing) {
      resultNotifier.complete(pooledMail, notSent("the pool is closed"));
    } else if (idle != null) {
      start(idle, pooledMail);
    } else if (waitQueue.size() - sessionRegistry.opening() >= limits.waiting() && !mayConnect()) {
      resultNotifier.complete(pooledMail, notSent(waitQueue.size() + " mails wait already"));
    } else {
      waitQueue.add(pooledMail);
      connectAsNeeded();
    }
  }

  private void adaptLimits(Session session, SendResult result) {
    if (ConnectionFailed.isClosing(result)) {
      connectionWindow.shrink(sessionRegistry.ready() / 2);
      reconnectBackoff.failed(SmtpConnection.now(), Phase.CONNECTING, "the server closed with 421");
    } else if (result instanceof SendResult.Accepted || result instanceof SendResult.Refused) {
      connectionWindow.grow();
      reconnectBackoff.succeeded(session.openedAt());
    }
  }

  private void release(Session session) {
    if (session.hasEnded() || session.hasLookahead()) {
      return;
    }
    if (closing || session.isExhausted() || overWindow()) {
      sessionRegistry.close(session);
      connectAsNeeded();
    } else {
      sessionRegistry.addIdle(session);
      dispatch();
    }
  }

  private boolean overWindow() {
    return sessionRegistry.ready() > connectionWindow.size();
  }

  /** A loop, not a recursion: a mail may be through before it was ever written. */
  private void dispatch() {
    if (!dispatching) {
      dispatching = true;
      while (sessionRegistry.hasIdle() && !waitQueue.isEmpty()) {
        start(sessionRegistry.takeIdle(), waitQueue.poll());
      }
      dispatching = false;
    }
  }

  private void start(Session session, PooledMail pooledMail) {
    if (needsRecheck(pooledMail)) {
      session
          .recheck(pooledMail)
          .onComplete(stillValid -> rechecked(session, pooledMail, stillValid));
    } else {
      session.send(pooledMail);
    }
  }

  private boolean needsRecheck(PooledMail pooledMail) {
    return pooledMail.waitedMillis(SmtpConnection.now()) >= limits.recheckAfter().toMillis();
  }

  private void rechecked(Session session, PooledMail pooledMail, AsyncResult<Boolean> stillValid) {
    if (Boolean.TRUE.equals(stillValid.result())) {
      session.send(pooledMail);
    } else {
      session.mailFinished(
          pooledMail,
          notSent(
              stillValid.failed() ? stillValid.cause().getMessage() : "it is no longer wanted"));
    }
  }

  private boolean mayConnect() {
    return !closing
        && sessionRegistry.ready() + sessionRegistry.opening() < connectionWindow.size()
        && !reconnectBackoff.isPausing(SmtpConnection.now());
  }

  /** Opens as many connections as mails wait for; without any left in a pause, mails go back. */
  private void connectAsNeeded() {
    while (sessionRegistry.opening() < waitQueue.size() && mayConnect()) {
      sessionRegistry.openingStarted();
      deadlineTimer.start();
      context.runOnContext(this::connect);
    }
    if (sessionRegistry.noneUsable() && !waitQueue.isEmpty()) {
      resultNotifier.complete(waitQueue.takeAll(), reconnectBackoff.notSent(SmtpConnection.now()));
    }
  }

  private void connect(Void nothing) {
    connector.connect().onSuccess(this::connected).onFailure(this::unreachable);
  }

  private void connected(NetSocket socket) {
    Session session = new Session(this, server, socket);
    sessionRegistry.add(session);
    session
        .open()
        .onSuccess(done -> opened(session))
        .onFailure(failure -> handshakeFailed(session, failure));
  }

  private void opened(Session session) {
    sessionRegistry.openingSucceeded(session);
    release(session);
  }

  private void unreachable(Throwable failure) {
    connectFailed(
        ConnectionFailed.lost(
            Phase.CONNECTING, server.host() + " cannot be reached: " + failure.getMessage()));
  }

  private void handshakeFailed(Session session, Throwable failure) {
    session.close();
    connectFailed(
        failure instanceof ConnectionFailed connectionFailed
            ? connectionFailed
            : ConnectionFailed.internalError(failure));
  }

  /** Those who still have a connection to wait for go on waiting. */
  private void connectFailed(ConnectionFailed failure) {
    sessionRegistry.openingFailed();
    reconnectBackoff.failed(SmtpConnection.now(), failure.result().phase(), failure.getMessage());
    connectionWindow.shrink(sessionRegistry.ready() + sessionRegistry.opening());
    if (sessionRegistry.noneUsable()) {
      resultNotifier.complete(waitQueue.takeAll(), failure.result());
    }
    closeIfEmpty();
  }

  private static SendResult notSent(String cause) {
    return new SendResult.NotSent(Phase.CONNECTING, cause);
  }

  // --- time

  private void checkDeadlines() {
    long now = SmtpConnection.now();
    sessionRegistry.forEach(session -> session.checkDeadlines(now));
    resultNotifier.complete(waitQueue.takeExpired(now), notSent("no connection came free in time"));
    sessionRegistry.closeUnused(now, limits.idle().toMillis());
    if (now >= closeDeadline) {
      sessionRegistry.forEach(session -> session.abort("the pool was closed"));
    }
    connectAsNeeded();
    if (sessionRegistry.isEmpty() && waitQueue.isEmpty()) {
      deadlineTimer.stop();
    }
  }

  private void closeIfEmpty() {
    if (closing && sessionRegistry.isEmpty()) {
      deadlineTimer.stop();
      connector.close();
      closed.tryComplete();
    }
  }
}
