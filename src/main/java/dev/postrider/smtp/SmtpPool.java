package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import dev.postrider.handler.HandlerErrors;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Sends mail to one server over a bounded number of connections that it opens, reuses and closes.
 * One per event loop and route; not thread-safe: create and use it on one context.
 */
public final class SmtpPool {

  /** How often deadlines are checked, and so their resolution. */
  public static final Duration DEADLINE_CHECK_INTERVAL = Duration.ofMillis(100);

  private final Context context;
  private final SmtpServer server;
  private final LongSupplier clock;
  private final PoolSupport support;
  private final ErrorBoundary boundary;
  private final ServerMemory memory;
  private final ConnectionOpener opener;
  private final DeadlineTimer deadlineTimer;
  private final ResultNotifier notifier;
  private final SessionRegistry sessions = new SessionRegistry();
  private final WaitQueue waiting;
  private final Promise<Void> closed = Promise.promise();
  private boolean dispatching;
  private boolean closing;
  private long closeDeadline = Long.MAX_VALUE;

  /** Opens no connection before the first mail; shares the workarounds with the other pools. */
  public SmtpPool(Vertx vertx, SmtpServer server, HandlerErrors errors, Workarounds workarounds) {
    this(vertx, server, PoolSupport.of(vertx, errors, workarounds));
  }

  SmtpPool(Vertx vertx, SmtpServer server, PoolSupport support) {
    this.context = vertx.getOrCreateContext();
    this.server = server;
    this.clock = support.clock();
    this.support = support;
    this.boundary = new ErrorBoundary("smtp", support.errors(), error -> {}); // the timer goes on
    this.memory = ServerMemory.of(support.workarounds());
    this.opener = new ConnectionOpener(server, new Connector(vertx, server, support), clock);
    this.deadlineTimer = new DeadlineTimer(vertx, context, boundary, this::checkDeadlines);
    this.notifier = new ResultNotifier(context, boundary);
    this.waiting = new WaitQueue(server.limits());
  }

  /**
   * Sends a mail as soon as a connection is free. The future never fails: every failure is a {@link
   * SendResult}. It completes within the bounds of {@link PoolLimits#waitTimeout()} and {@link
   * Timeouts}, on the context of this pool and never before this method has returned.
   *
   * @param message a whole RFC 5322 message, 7-bit, lines ended by CRLF, not dot-stuffed; must not
   *     change until the future is complete
   * @param stillValid asked when a connection is free and the mail has waited longer than {@link
   *     PoolLimits#recheckAfter()}; the mail is sent only if it answers {@code true} in time
   */
  public Future<SendResult> send(
      Envelope envelope,
      Buffer message,
      FinalDotGate finalDotGate,
      Supplier<Future<Boolean>> stillValid) {
    PooledMail mail =
        new PooledMail(envelope, message, finalDotGate, stillValid, clock.getAsLong());
    try {
      notifier.deferDuring(() -> admit(mail));
    } catch (RuntimeException | Error error) {
      boundary.failed("admit", error);
      waiting.remove(mail);
      notifier.complete(mail, notSent("an error of Postrider itself: " + error.getClass()));
    }
    return mail.future();
  }

  /** Gives so many of the mails that wait for a connection back, those that came last first. */
  public void giveBack(int mails) {
    notifier.complete(waiting.takeLast(mails), notSent("it gave way to mail of other routes"));
  }

  /** The state at this moment, for metrics and views. */
  public PoolState state() {
    return sessions.state(waiting.size(), opener, memory.workarounds());
  }

  /**
   * Takes no more mail and sends QUIT on every connection. Mail on a connection has {@link
   * Timeouts#quit()} left, then the connection is aborted; wait for the mail first.
   */
  public Future<Void> close() {
    if (!closing) {
      closeDeadline = clock.getAsLong() + server.timeouts().quit().toMillis();
      closing = true;
      memory.workarounds().end();
      notifier.complete(waiting.takeAll(), notSent("the pool is closing"));
      sessions.closeIdle();
      closeIfEmpty();
    }
    return closed.future();
  }

  void connectionEnded(Session session) {
    if (sessions.remove(session)) {
      connectAsNeeded();
    }
    closeIfEmpty();
  }

  /** The connection takes its next mail before the result is reported. */
  void mailFinished(Session session, PooledMail mail, SendResult result) {
    try {
      opener.adapt(result, session, sessions.ready());
      release(session);
    } catch (RuntimeException | Error error) {
      session.boundary().failed("release", error);
    }
    notifier.complete(mail, result);
  }

  /** If the connection of the mail was stale, the idle ones may be for the same reason. */
  void resend(PooledMail mail, boolean stale) {
    if (stale) {
      sessions.closeIdle();
    }
    requeue(mail);
  }

  /** A mail that waits although enough connections for all others are being opened. */
  Optional<PooledMail> mailForLookahead() {
    boolean surplus = !closing && waiting.size() > sessions.opening() && !overWindow();
    return surplus && !waiting.first().isResent() && !needsRecheck(waiting.first())
        ? Optional.of(waiting.poll())
        : Optional.empty();
  }

  void requeue(PooledMail mail) {
    waiting.addFirst(mail);
    dispatch();
    connectAsNeeded();
  }

  private void admit(PooledMail mail) {
    Session idle = sessions.takeIdle();
    if (closing) {
      notifier.complete(mail, notSent("the pool is closed"));
    } else if (idle != null) {
      idle.send(mail);
    } else if (waiting.size() - sessions.opening() >= server.limits().waiting() && !mayConnect()) {
      notifier.complete(mail, notSent(waiting.size() + " mails wait already"));
    } else {
      waiting.add(mail);
      deadlineTimer.start(); // ends the wait, whatever happens
      connectAsNeeded();
    }
  }

  private void release(Session session) {
    if (!session.isIdle()) {
      return;
    }
    if (closing || session.use().isExhausted() || overWindow()) {
      sessions.close(session);
      connectAsNeeded();
    } else {
      sessions.addIdle(session);
      dispatch();
    }
  }

  private boolean overWindow() {
    return sessions.ready() > opener.allowed();
  }

  /** A loop, not a recursion: a mail may be finished before anything of it is written. */
  private void dispatch() {
    if (!dispatching) {
      dispatching = true;
      while (sessions.hasIdle() && !waiting.isEmpty()) {
        dispatch(sessions.takeIdle());
      }
      dispatching = false;
    }
  }

  /** What ended one used connection may end another: a mail that met it waits for a new one. */
  private void dispatch(Session session) {
    if (waiting.first().isResent() && !session.use().isNew()) {
      sessions.close(session);
      connectAsNeeded();
    } else {
      session.send(waiting.poll());
    }
  }

  boolean needsRecheck(PooledMail mail) {
    return mail.waitedMillis(clock.getAsLong()) >= server.limits().recheckAfter().toMillis();
  }

  private static SendResult notSent(String cause) {
    return SendResult.NotSent.untried(Phase.CONNECTING, cause);
  }

  private boolean mayConnect() {
    return !closing && opener.mayOpen(sessions.ready() + sessions.opening());
  }

  /** Opens a connection for each waiting mail. With no connection and none allowed, mails fail. */
  private void connectAsNeeded() {
    while (sessions.opening() < waiting.size() && mayConnect()) {
      sessions.openingStarted();
      deadlineTimer.start();
      context.runOnContext(boundary.handler("connect", this::connect));
    }
    if (sessions.noneUsable() && !waiting.isEmpty()) {
      notifier.complete(waiting.takeAll(), opener.notSent());
    }
  }

  private void connect(Void nothing) {
    open().onComplete(boundary.handler("connected", this::connected));
  }

  private Future<Session> open() {
    try {
      return opener.open(this::session);
    } catch (RuntimeException | Error error) {
      boundary.failed("connect", error);
      return Future.failedFuture(error);
    }
  }

  private Session session(NetSocket socket) {
    try {
      Session session = new Session(this, server, support, memory, socket);
      sessions.add(session);
      return session;
    } catch (RuntimeException | Error error) {
      socket.close();
      boundary.failed("connect", error);
      throw error;
    }
  }

  private void connected(AsyncResult<Session> opening) {
    if (opening.failed()) {
      sessions.openingFailed();
      connectFailed(ConnectionFailed.of(opening.cause()));
      return;
    }
    opener.opened();
    sessions.openingSucceeded(opening.result());
    opening.result().boundary().run("release", () -> release(opening.result()));
    connectAsNeeded();
  }

  /** Mails go back only if no other connection is left. One has failed, the others just waited. */
  private void connectFailed(ConnectionFailed failure) {
    opener.failed(failure, sessions.ready() + sessions.opening());
    if (sessions.noneUsable()) {
      notifier.complete(waiting.takeAll(), failure.result(), opener.notSent());
    }
    closeIfEmpty();
  }

  /** Ends what has waited too long; called at every {@link #DEADLINE_CHECK_INTERVAL}. */
  void checkDeadlines() {
    long now = clock.getAsLong();
    sessions.forEach(session -> session.checkDeadlines(now)); // each in its own boundary
    notifier.complete(waiting.takeExpired(now), SendResult.NotSent.late(sessions.ready() == 0));
    sessions.closeUnused(now, server.limits().idle().toMillis());
    if (now >= closeDeadline) {
      sessions.forEach(session -> session.abort("the pool was closed"));
    }
    connectAsNeeded();
    if (sessions.isEmpty() && waiting.isEmpty()) {
      deadlineTimer.stop();
    }
  }

  private void closeIfEmpty() {
    if (closing && sessions.isEmpty()) {
      deadlineTimer.stop();
      opener.close();
      closed.tryComplete();
    }
  }
}
