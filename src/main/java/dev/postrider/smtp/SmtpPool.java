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
  public static final Duration SWEEP = Duration.ofMillis(100);

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
  private boolean serving;
  private boolean closing;
  private long closeBy = Long.MAX_VALUE;

  /** Opens nothing yet. */
  public SmtpPool(Vertx vertx, SmtpServer server) {
    this.context = vertx.getOrCreateContext();
    this.server = server;
    this.limits = server.limits();
    this.connector = new Connector(vertx, server);
    this.deadlineTimer = new DeadlineTimer(vertx, context, this::sweep);
    this.resultNotifier = new ResultNotifier(context);
    this.waitQueue = new WaitQueue(limits);
    this.connectionWindow = new ConnectionWindow(limits.connections());
    this.reconnectBackoff =
        new ReconnectBackoff(limits.backOff(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Sends a mail as soon as a connection is free. The future never fails: every failure is a {@link
   * SendResult}. It completes within the bounds of {@link PoolLimits#patience()} and {@link
   * Timers}, on the context of this pool and never before this method has returned.
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
   * @param onceWaited asked when a connection is at hand and the mail had waited longer than {@link
   *     PoolLimits#recheck()}; {@code false}, a failure or no answer in time and it is not sent
   */
  public Future<SendResult> send(
      Envelope envelope,
      Buffer message,
      FinalDotGate finalDotGate,
      Supplier<Future<Boolean>> onceWaited) {
    PooledMail pooledMail = new PooledMail(envelope, message, finalDotGate, onceWaited);
    resultNotifier.lateDuring(() -> admit(pooledMail));
    return pooledMail.future();
  }

  /** Counts at this moment, for metrics. */
  public PoolState state() {
    return sessionRegistry.state(waitQueue.size(), connectionWindow.size());
  }

  /**
   * Takes no more mail and says QUIT everywhere. Mail in hand has {@link Timers#quit()} left, then
   * its connection is cut; drain first.
   */
  public Future<Void> close() {
    if (!closing) {
      closing = true;
      closeBy = SmtpConnection.now() + server.timers().quit().toMillis();
      resultNotifier.tell(waitQueue.takeAll(), notSent("the pool is closing"));
      sessionRegistry.partIdle();
      closeIfEmpty();
    }
    return closed.future();
  }

  // --- what sessions report

  /** A connection ended. */
  void gone(Session session) {
    if (sessionRegistry.remove(session)) {
      connectAsNeeded();
    }
    closeIfEmpty();
  }

  /** A mail is through; its connection, if it lives, takes the next before anyone is told. */
  void finished(Session session, PooledMail pooledMail, SendResult outcome) {
    judge(session, outcome);
    free(session);
    resultNotifier.tell(pooledMail, outcome);
  }

  /** A mail met a stale connection. The other idle ones may be stale for the same reason. */
  void again(PooledMail pooledMail) {
    sessionRegistry.partIdle();
    waitQueue.addFirst(pooledMail);
    connectAsNeeded();
  }

  /** A mail that waits although all connections that may be opened are being opened. */
  Optional<PooledMail> surplus() {
    boolean spare = !closing && waitQueue.size() > sessionRegistry.opening() && !crowded();
    return spare && !waited(waitQueue.first()) ? Optional.of(waitQueue.poll()) : Optional.empty();
  }

  /** A mail that stood behind another goes to the connection that is free first. */
  void takeBack(PooledMail pooledMail) {
    waitQueue.addFirst(pooledMail);
    serve();
    connectAsNeeded();
  }

  // --- mails and connections

  private void admit(PooledMail pooledMail) {
    Session free = sessionRegistry.take();
    if (closing) {
      resultNotifier.tell(pooledMail, notSent("the pool is closed"));
    } else if (free != null) {
      start(free, pooledMail);
    } else if (waitQueue.size() - sessionRegistry.opening() >= limits.waiting() && !mayConnect()) {
      resultNotifier.tell(pooledMail, notSent(waitQueue.size() + " mails wait already"));
    } else {
      waitQueue.add(pooledMail);
      connectAsNeeded();
    }
  }

  private void judge(Session session, SendResult outcome) {
    if (ConnectionFailed.closing(outcome)) {
      connectionWindow.cut(sessionRegistry.ready() / 2);
      reconnectBackoff.failed(SmtpConnection.now(), Phase.CONNECTING, "the server closed with 421");
    } else if (outcome instanceof SendResult.Accepted || outcome instanceof SendResult.Refused) {
      connectionWindow.grow();
      reconnectBackoff.succeeded(session.openedAt());
    }
  }

  private void free(Session session) {
    if (session.ended() || session.goesOn()) {
      return;
    }
    if (closing || session.worn() || crowded()) {
      sessionRegistry.part(session);
      connectAsNeeded();
    } else {
      sessionRegistry.rest(session);
      serve();
    }
  }

  private boolean crowded() {
    return sessionRegistry.ready() > connectionWindow.size();
  }

  /** A loop, not a recursion: a mail may be through before it was ever written. */
  private void serve() {
    if (!serving) {
      serving = true;
      while (sessionRegistry.hasIdle() && !waitQueue.isEmpty()) {
        start(sessionRegistry.take(), waitQueue.poll());
      }
      serving = false;
    }
  }

  private void start(Session session, PooledMail pooledMail) {
    if (waited(pooledMail)) {
      session.recheck(pooledMail).onComplete(wanted -> rechecked(session, pooledMail, wanted));
    } else {
      session.transmit(pooledMail);
    }
  }

  private boolean waited(PooledMail pooledMail) {
    return pooledMail.waited(SmtpConnection.now()) >= limits.recheck().toMillis();
  }

  private void rechecked(Session session, PooledMail pooledMail, AsyncResult<Boolean> wanted) {
    if (Boolean.TRUE.equals(wanted.result())) {
      session.transmit(pooledMail);
    } else {
      session.finished(
          pooledMail,
          notSent(wanted.failed() ? wanted.cause().getMessage() : "it is no longer wanted"));
    }
  }

  private boolean mayConnect() {
    return !closing
        && sessionRegistry.ready() + sessionRegistry.opening() < connectionWindow.size()
        && !reconnectBackoff.pausing(SmtpConnection.now());
  }

  /** Opens as many connections as mails wait for; without any left in a pause, mails go back. */
  private void connectAsNeeded() {
    while (sessionRegistry.opening() < waitQueue.size() && mayConnect()) {
      sessionRegistry.begin();
      deadlineTimer.start();
      context.runOnContext(this::connect);
    }
    if (sessionRegistry.hopeless() && !waitQueue.isEmpty()) {
      resultNotifier.tell(waitQueue.takeAll(), reconnectBackoff.outcome(SmtpConnection.now()));
    }
  }

  private void connect(Void nothing) {
    connector.connect().onSuccess(this::connected).onFailure(this::unreachable);
  }

  private void connected(NetSocket socket) {
    Session session = new Session(this, server, socket);
    sessionRegistry.add(session);
    session.open().onSuccess(done -> opened(session)).onFailure(why -> unready(session, why));
  }

  private void opened(Session session) {
    sessionRegistry.opened(session);
    free(session);
  }

  private void unreachable(Throwable why) {
    failedToConnect(
        ConnectionFailed.lost(
            Phase.CONNECTING, server.host() + " cannot be reached: " + why.getMessage()));
  }

  private void unready(Session session, Throwable why) {
    session.part();
    failedToConnect(
        why instanceof ConnectionFailed connectionFailed
            ? connectionFailed
            : ConnectionFailed.broken(why));
  }

  /** Those who still have a connection to wait for go on waiting. */
  private void failedToConnect(ConnectionFailed why) {
    sessionRegistry.failed();
    reconnectBackoff.failed(SmtpConnection.now(), why.outcome().phase(), why.getMessage());
    connectionWindow.cut(sessionRegistry.ready() + sessionRegistry.opening());
    if (sessionRegistry.hopeless()) {
      resultNotifier.tell(waitQueue.takeAll(), why.outcome());
    }
    closeIfEmpty();
  }

  private static SendResult notSent(String cause) {
    return new SendResult.NotSent(Phase.CONNECTING, cause);
  }

  // --- time

  private void sweep() {
    long now = SmtpConnection.now();
    sessionRegistry.each(session -> session.check(now));
    resultNotifier.tell(waitQueue.takeExpired(now), notSent("no connection came free in time"));
    sessionRegistry.partUnused(now, limits.idle().toMillis());
    if (now >= closeBy) {
      sessionRegistry.each(session -> session.end("the pool was closed"));
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
