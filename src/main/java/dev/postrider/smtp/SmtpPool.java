package dev.postrider.smtp;

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

  /** How often deadlines are checked, hence their resolution. */
  public static final Duration DEADLINE_CHECK_INTERVAL = Duration.ofMillis(100);

  private final Context context;
  private final SmtpServer server;
  private final PoolLimits limits;
  private final LongSupplier clock;
  private final ConnectionOpener opener;
  private final DeadlineTimer deadlineTimer;
  private final ResultNotifier notifier;
  private final SessionRegistry sessions = new SessionRegistry();
  private final WaitQueue waiting;
  private final Promise<Void> closed = Promise.promise();
  private boolean dispatching;
  private boolean closing;
  private long closeDeadline = Long.MAX_VALUE;

  /** Opens no connection before the first mail. */
  public SmtpPool(Vertx vertx, SmtpServer server) {
    this(vertx, server, DeadlineTimer.CLOCK);
  }

  /**
   * @param clock monotonic, in milliseconds
   */
  SmtpPool(Vertx vertx, SmtpServer server, LongSupplier clock) {
    this.context = vertx.getOrCreateContext();
    this.server = server;
    this.limits = server.limits();
    this.clock = clock;
    this.opener = new ConnectionOpener(server, new Connector(vertx, server), clock);
    this.deadlineTimer = new DeadlineTimer(vertx, context, this::checkDeadlines);
    this.notifier = new ResultNotifier(context);
    this.waiting = new WaitQueue(limits);
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
    notifier.deferDuring(() -> admit(mail));
    return mail.future();
  }

  /** The counts at this moment, for metrics. */
  public PoolState state() {
    return sessions.state(waiting.size(), opener.allowed());
  }

  /**
   * Takes no more mail and sends QUIT on every connection. Mail on a connection has {@link
   * Timeouts#quit()} left, then the connection is aborted; wait for the mail first.
   */
  public Future<Void> close() {
    if (!closing) {
      closing = true;
      closeDeadline = clock.getAsLong() + server.timeouts().quit().toMillis();
      notifier.complete(waiting.takeAll(), notSent("the pool is closing"));
      sessions.closeIdle();
      closeIfEmpty();
    }
    return closed.future();
  }

  // --- what sessions report

  void connectionEnded(Session session) {
    if (sessions.remove(session)) {
      connectAsNeeded();
    }
    closeIfEmpty();
  }

  /** The connection takes its next mail before the result is reported. */
  void mailFinished(Session session, PooledMail mail, SendResult result) {
    opener.adapt(result, session.openedAt(), sessions.ready());
    release(session);
    notifier.complete(mail, result);
  }

  /** A mail met a stale connection. The idle ones may be stale for the same reason. */
  void resendAfterStale(PooledMail mail) {
    sessions.closeIdle();
    requeue(mail);
  }

  /** A mail that waits although enough connections for all others are being opened. */
  Optional<PooledMail> mailForLookahead() {
    boolean surplus = !closing && waiting.size() > sessions.opening() && !overWindow();
    return surplus && !needsRecheck(waiting.first())
        ? Optional.of(waiting.poll())
        : Optional.empty();
  }

  /** A mail that lost its connection goes to the one that is free first. */
  void requeue(PooledMail mail) {
    waiting.addFirst(mail);
    dispatch();
    connectAsNeeded();
  }

  // --- mails to connections

  private void admit(PooledMail mail) {
    Session idle = sessions.takeIdle();
    if (closing) {
      notifier.complete(mail, notSent("the pool is closed"));
    } else if (idle != null) {
      start(idle, mail);
    } else if (waiting.size() - sessions.opening() >= limits.waiting() && !mayConnect()) {
      notifier.complete(mail, notSent(waiting.size() + " mails wait already"));
    } else {
      waiting.add(mail);
      connectAsNeeded();
    }
  }

  private void release(Session session) {
    if (!session.isIdle()) {
      return;
    }
    if (closing || session.isExhausted() || overWindow()) {
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
        start(sessions.takeIdle(), waiting.poll());
      }
      dispatching = false;
    }
  }

  private void start(Session session, PooledMail mail) {
    session.send(mail, needsRecheck(mail));
  }

  private boolean needsRecheck(PooledMail mail) {
    return mail.waitedMillis(clock.getAsLong()) >= limits.recheckAfter().toMillis();
  }

  private static SendResult notSent(String cause) {
    return new SendResult.NotSent(Phase.CONNECTING, cause);
  }

  // --- connections

  private boolean mayConnect() {
    return !closing && opener.mayOpen(sessions.ready() + sessions.opening());
  }

  /** Opens a connection for each waiting mail. With no connection and none allowed, mails fail. */
  private void connectAsNeeded() {
    while (sessions.opening() < waiting.size() && mayConnect()) {
      sessions.openingStarted();
      deadlineTimer.start();
      context.runOnContext(this::connect);
    }
    if (sessions.noneUsable() && !waiting.isEmpty()) {
      notifier.complete(waiting.takeAll(), opener.notSent());
    }
  }

  private void connect(Void nothing) {
    opener.open(this::session).onSuccess(this::opened).onFailure(this::connectFailed);
  }

  private Session session(NetSocket socket) {
    Session session = new Session(this, server, socket, clock);
    sessions.add(session);
    return session;
  }

  private void opened(Session session) {
    sessions.openingSucceeded(session);
    release(session);
  }

  /** Mails fail only if no other connection is left that they can wait for. */
  private void connectFailed(Throwable error) {
    ConnectionFailed failure = ConnectionFailed.of(error);
    sessions.openingFailed();
    opener.failed(failure, sessions.ready() + sessions.opening());
    if (sessions.noneUsable()) {
      notifier.complete(waiting.takeAll(), failure.result());
    }
    closeIfEmpty();
  }

  // --- time

  /** Ends what has waited too long; called at every {@link #DEADLINE_CHECK_INTERVAL}. */
  void checkDeadlines() {
    long now = clock.getAsLong();
    sessions.forEach(session -> session.checkDeadlines(now));
    notifier.complete(waiting.takeExpired(now), notSent("no connection came free in time"));
    sessions.closeUnused(now, limits.idle().toMillis());
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
