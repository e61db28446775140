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
  private final Dial dial;
  private final Sweep sweep;
  private final Herald herald;
  private final Roster roster = new Roster();
  private final Waiting waiting;
  private final Window window;
  private final Reconnect reconnect;
  private final Promise<Void> closed = Promise.promise();
  private boolean serving;
  private boolean closing;
  private long closeBy = Long.MAX_VALUE;

  /** Opens nothing yet. */
  public SmtpPool(Vertx vertx, SmtpServer server) {
    this.context = vertx.getOrCreateContext();
    this.server = server;
    this.limits = server.limits();
    this.dial = new Dial(vertx, server);
    this.sweep = new Sweep(vertx, context, this::sweep);
    this.herald = new Herald(context);
    this.waiting = new Waiting(limits);
    this.window = new Window(limits.connections());
    this.reconnect =
        new Reconnect(limits.backOff(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Sends a mail as soon as a connection is free. The future never fails: every failure is a {@link
   * Transmission}. It completes within the bounds of {@link PoolLimits#patience()} and {@link
   * Timers}, on the context of this pool and never before this method has returned.
   *
   * @param message a whole RFC 5322 message, 7-bit, lines ended by CRLF, not dot-stuffed; must not
   *     change until the future is complete
   */
  public Future<Transmission> send(Envelope envelope, Buffer message, Gate gate) {
    return send(envelope, message, gate, ALWAYS);
  }

  /**
   * As {@link #send(Envelope, Buffer, Gate)}, for mail whose sense may be lost while it waits.
   *
   * @param onceWaited asked when a connection is at hand and the mail had waited longer than {@link
   *     PoolLimits#recheck()}; {@code false}, a failure or no answer in time and it is not sent
   */
  public Future<Transmission> send(
      Envelope envelope, Buffer message, Gate gate, Supplier<Future<Boolean>> onceWaited) {
    Parcel parcel = new Parcel(envelope, message, gate, onceWaited);
    herald.lateDuring(() -> admit(parcel));
    return parcel.future();
  }

  /** Counts at this moment, for metrics. */
  public PoolState state() {
    return roster.state(waiting.size(), window.size());
  }

  /**
   * Takes no more mail and says QUIT everywhere. Mail in hand has {@link Timers#quit()} left, then
   * its connection is cut; drain first.
   */
  public Future<Void> close() {
    if (!closing) {
      closing = true;
      closeBy = Wire.now() + server.timers().quit().toMillis();
      herald.tell(waiting.takeAll(), notSent("the pool is closing"));
      roster.partIdle();
      closeIfEmpty();
    }
    return closed.future();
  }

  // --- what sessions report

  /** A connection ended. */
  void gone(Session session) {
    if (roster.remove(session)) {
      connectAsNeeded();
    }
    closeIfEmpty();
  }

  /** A mail is through; its connection, if it lives, takes the next before anyone is told. */
  void finished(Session session, Parcel parcel, Transmission outcome) {
    judge(session, outcome);
    free(session);
    herald.tell(parcel, outcome);
  }

  /** A mail met a stale connection. The other idle ones may be stale for the same reason. */
  void again(Parcel parcel) {
    roster.partIdle();
    waiting.addFirst(parcel);
    connectAsNeeded();
  }

  /** A mail that waits although all connections that may be opened are being opened. */
  Optional<Parcel> surplus() {
    boolean spare = !closing && waiting.size() > roster.opening() && !crowded();
    return spare && !waited(waiting.first()) ? Optional.of(waiting.poll()) : Optional.empty();
  }

  /** A mail that stood behind another goes to the connection that is free first. */
  void takeBack(Parcel parcel) {
    waiting.addFirst(parcel);
    serve();
    connectAsNeeded();
  }

  // --- mails and connections

  private void admit(Parcel parcel) {
    Session free = roster.take();
    if (closing) {
      herald.tell(parcel, notSent("the pool is closed"));
    } else if (free != null) {
      start(free, parcel);
    } else if (waiting.size() - roster.opening() >= limits.waiting() && !mayConnect()) {
      herald.tell(parcel, notSent(waiting.size() + " mails wait already"));
    } else {
      waiting.add(parcel);
      connectAsNeeded();
    }
  }

  private void judge(Session session, Transmission outcome) {
    if (Unready.closing(outcome)) {
      window.cut(roster.ready() / 2);
      reconnect.failed(Wire.now(), Phase.CONNECTING, "the server closed with 421");
    } else if (outcome instanceof Transmission.Accepted
        || outcome instanceof Transmission.Refused) {
      window.grow();
      reconnect.succeeded(session.openedAt());
    }
  }

  private void free(Session session) {
    if (session.ended() || session.goesOn()) {
      return;
    }
    if (closing || session.worn() || crowded()) {
      roster.part(session);
      connectAsNeeded();
    } else {
      roster.rest(session);
      serve();
    }
  }

  private boolean crowded() {
    return roster.ready() > window.size();
  }

  /** A loop, not a recursion: a mail may be through before it was ever written. */
  private void serve() {
    if (!serving) {
      serving = true;
      while (roster.hasIdle() && !waiting.isEmpty()) {
        start(roster.take(), waiting.poll());
      }
      serving = false;
    }
  }

  private void start(Session session, Parcel parcel) {
    if (waited(parcel)) {
      session.recheck(parcel).onComplete(wanted -> rechecked(session, parcel, wanted));
    } else {
      session.transmit(parcel);
    }
  }

  private boolean waited(Parcel parcel) {
    return parcel.waited(Wire.now()) >= limits.recheck().toMillis();
  }

  private void rechecked(Session session, Parcel parcel, AsyncResult<Boolean> wanted) {
    if (Boolean.TRUE.equals(wanted.result())) {
      session.transmit(parcel);
    } else {
      session.finished(
          parcel,
          notSent(wanted.failed() ? wanted.cause().getMessage() : "it is no longer wanted"));
    }
  }

  private boolean mayConnect() {
    return !closing
        && roster.ready() + roster.opening() < window.size()
        && !reconnect.pausing(Wire.now());
  }

  /** Opens as many connections as mails wait for; without any left in a pause, mails go back. */
  private void connectAsNeeded() {
    while (roster.opening() < waiting.size() && mayConnect()) {
      roster.begin();
      sweep.start();
      context.runOnContext(this::connect);
    }
    if (roster.hopeless() && !waiting.isEmpty()) {
      herald.tell(waiting.takeAll(), reconnect.outcome(Wire.now()));
    }
  }

  private void connect(Void nothing) {
    dial.connect().onSuccess(this::connected).onFailure(this::unreachable);
  }

  private void connected(NetSocket socket) {
    Session session = new Session(this, server, socket);
    roster.add(session);
    session.open().onSuccess(done -> opened(session)).onFailure(why -> unready(session, why));
  }

  private void opened(Session session) {
    roster.opened(session);
    free(session);
  }

  private void unreachable(Throwable why) {
    failedToConnect(
        Unready.lost(Phase.CONNECTING, server.host() + " cannot be reached: " + why.getMessage()));
  }

  private void unready(Session session, Throwable why) {
    session.part();
    failedToConnect(why instanceof Unready unready ? unready : Unready.broken(why));
  }

  /** Those who still have a connection to wait for go on waiting. */
  private void failedToConnect(Unready why) {
    roster.failed();
    reconnect.failed(Wire.now(), why.outcome().phase(), why.getMessage());
    window.cut(roster.ready() + roster.opening());
    if (roster.hopeless()) {
      herald.tell(waiting.takeAll(), why.outcome());
    }
    closeIfEmpty();
  }

  private static Transmission notSent(String cause) {
    return new Transmission.NotSent(Phase.CONNECTING, cause);
  }

  // --- time

  private void sweep() {
    long now = Wire.now();
    roster.each(session -> session.check(now));
    herald.tell(waiting.takeExpired(now), notSent("no connection came free in time"));
    roster.partUnused(now, limits.idle().toMillis());
    if (now >= closeBy) {
      roster.each(session -> session.end("the pool was closed"));
    }
    connectAsNeeded();
    if (roster.isEmpty() && waiting.isEmpty()) {
      sweep.stop();
    }
  }

  private void closeIfEmpty() {
    if (closing && roster.isEmpty()) {
      sweep.stop();
      dial.close();
      closed.tryComplete();
    }
  }
}
