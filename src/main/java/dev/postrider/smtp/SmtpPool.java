package dev.postrider.smtp;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final Dial dial;
  private final Sweep sweep;
  private final Deque<Session> idle = new ArrayDeque<>(); // least recently used first
  private final Set<Session> ready = new HashSet<>();
  private final Set<Session> others = new HashSet<>(); // shaking hands or parting
  private final Waiting waiting;
  private final Window window;
  private final Reconnect reconnect;
  private final Promise<Void> closed = Promise.promise();
  private int connecting;
  private boolean serving;
  private boolean sending;
  private boolean closing;
  private long closeBy = Long.MAX_VALUE;

  /** Opens nothing yet. */
  public SmtpPool(Vertx vertx, SmtpServer server) {
    this.context = vertx.getOrCreateContext();
    this.server = server;
    this.dial = new Dial(vertx, server);
    this.sweep = new Sweep(vertx, context, this::sweep);
    this.waiting = new Waiting(server.limits());
    this.window = new Window(server.limits().connections());
    this.reconnect =
        new Reconnect(server.limits().backOff(), () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * Sends a mail as soon as a connection is free. The future never fails: every failure is a {@link
   * Transmission}. It completes within the bounds of {@link PoolLimits#patience()} and {@link
   * Timers}.
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
    sending = true;
    admit(parcel);
    sending = false;
    return parcel.future();
  }

  private void admit(Parcel parcel) {
    Session free = idle.pollLast();
    if (closing) {
      settle(parcel, notSent("the pool is closed"));
    } else if (free != null) {
      start(free, parcel);
    } else if (waiting.size() - connecting >= server.limits().waiting() && !mayConnect()) {
      settle(parcel, notSent(waiting.size() + " mails wait already"));
    } else {
      waiting.add(parcel);
      connectAsNeeded();
    }
  }

  /** Counts at this moment. */
  public PoolState state() {
    int busy = ready.size() - idle.size();
    return new PoolState(idle.size(), busy, waiting.size(), connecting, window.size());
  }

  /**
   * Takes no more mail and says QUIT everywhere. Mail in hand has {@link Timers#quit()} left, then
   * its connection is cut; drain first.
   */
  public Future<Void> close() {
    if (!closing) {
      closing = true;
      closeBy = Wire.now() + server.timers().quit().toMillis();
      settle(waiting.takeAll(), notSent("the pool is closing"));
      while (!idle.isEmpty()) {
        part(idle.pollLast());
      }
      closeIfEmpty();
    }
    return closed.future();
  }

  // --- what sessions report

  /** A connection ended. */
  void gone(Session session) {
    others.remove(session);
    if (ready.remove(session)) {
      idle.remove(session);
      connectAsNeeded();
    }
    closeIfEmpty();
  }

  /** A mail is through; its connection, if it lives, takes the next before anyone is told. */
  void finished(Session session, Parcel parcel, Transmission outcome) {
    judge(outcome);
    free(session);
    settle(parcel, outcome);
  }

  /** A mail met a stale connection. The other idle ones may be stale for the same reason. */
  void again(Parcel parcel) {
    while (!idle.isEmpty()) {
      part(idle.pollLast());
    }
    waiting.addFirst(parcel);
    connectAsNeeded();
  }

  // --- connections

  private void judge(Transmission outcome) {
    if (Unready.closing(outcome)) {
      window.cut(ready.size() / 2);
      reconnect.failed(Wire.now(), outcome.phase(), "the server closed with 421");
    } else if (outcome instanceof Transmission.Accepted) {
      window.grow();
      reconnect.succeeded();
    }
  }

  private void free(Session session) {
    if (session.ended()) {
      return;
    }
    if (closing || session.worn() || ready.size() > window.size()) {
      part(session);
      connectAsNeeded();
    } else {
      idle.addLast(session);
      serve();
    }
  }

  /** A loop, not a recursion: a mail may be through before it was ever written. */
  private void serve() {
    if (!serving) {
      serving = true;
      while (!idle.isEmpty() && !waiting.isEmpty()) {
        start(idle.pollLast(), waiting.poll());
      }
      serving = false;
    }
  }

  private void start(Session session, Parcel parcel) {
    if (parcel.waited(Wire.now()) < server.limits().recheck().toMillis()) {
      session.transmit(parcel);
    } else {
      session.recheck(parcel).onComplete(wanted -> rechecked(session, parcel, wanted));
    }
  }

  private void rechecked(Session session, Parcel parcel, AsyncResult<Boolean> wanted) {
    if (wanted.succeeded() && wanted.result()) {
      session.transmit(parcel);
    } else {
      session.finished(
          parcel,
          notSent(wanted.failed() ? wanted.cause().getMessage() : "it is no longer wanted"));
    }
  }

  private void part(Session session) {
    ready.remove(session);
    others.add(session);
    session.leave();
  }

  private boolean mayConnect() {
    return !closing && ready.size() + connecting < window.size() && !reconnect.pausing(Wire.now());
  }

  /** Opens as many connections as mails wait for; without any left in a pause, mails go back. */
  private void connectAsNeeded() {
    while (connecting < waiting.size() && mayConnect()) {
      connecting++;
      sweep.start();
      context.runOnContext(this::connect);
    }
    if (ready.isEmpty() && connecting == 0 && !waiting.isEmpty()) {
      settle(waiting.takeAll(), reconnect.outcome(Wire.now()));
    }
  }

  private void connect(Void nothing) {
    dial.connect().onSuccess(this::connected).onFailure(this::unreachable);
  }

  private void connected(NetSocket socket) {
    Session session = new Session(this, server, socket);
    others.add(session);
    session.open().onSuccess(done -> opened(session)).onFailure(why -> unready(session, why));
  }

  private void opened(Session session) {
    connecting--;
    others.remove(session);
    ready.add(session);
    free(session);
  }

  private void unreachable(Throwable why) {
    String cause = server.host() + " cannot be reached: " + why.getMessage();
    failedToConnect(Unready.lost(Phase.CONNECTING, cause));
  }

  private void unready(Session session, Throwable why) {
    session.part();
    failedToConnect(why instanceof Unready unready ? unready : Unready.broken(why));
  }

  /** Those who still have a connection to wait for go on waiting. */
  private void failedToConnect(Unready why) {
    connecting--;
    reconnect.failed(Wire.now(), why.outcome().phase(), why.getMessage());
    window.cut(ready.size() + connecting);
    if (ready.isEmpty() && connecting == 0) {
      settle(waiting.takeAll(), why.outcome());
    }
    closeIfEmpty();
  }

  // --- outcomes

  /**
   * Never before {@link #send} has returned: whoever sends the next mail upon the outcome of this
   * one would otherwise recurse without end.
   */
  private void settle(Parcel parcel, Transmission outcome) {
    if (sending) {
      context.runOnContext(later -> parcel.settle(outcome));
    } else {
      parcel.settle(outcome);
    }
  }

  private void settle(List<Parcel> parcels, Transmission outcome) {
    for (Parcel parcel : parcels) {
      settle(parcel, outcome);
    }
  }

  private static Transmission notSent(String cause) {
    return new Transmission.NotSent(Phase.CONNECTING, cause);
  }

  // --- time

  private void sweep() {
    long now = Wire.now();
    for (Session session : new ArrayList<>(ready)) {
      session.check(now);
    }
    for (Session session : new ArrayList<>(others)) {
      session.check(now);
    }
    settle(waiting.takeExpired(now), notSent("no connection came free in time"));
    closeUnused(now);
    if (now >= closeBy) {
      cutAll();
    }
    connectAsNeeded();
    if (ready.isEmpty() && others.isEmpty() && connecting == 0 && waiting.isEmpty()) {
      sweep.stop();
    }
  }

  private void closeUnused(long now) {
    while (!idle.isEmpty() && idle.peekFirst().unusedFor(now, server.limits().idle().toMillis())) {
      part(idle.pollFirst());
    }
  }

  private void cutAll() {
    for (Session session : new ArrayList<>(ready)) {
      session.end("the pool was closed");
    }
    for (Session session : new ArrayList<>(others)) {
      session.end("the pool was closed");
    }
  }

  private void closeIfEmpty() {
    if (closing && ready.isEmpty() && others.isEmpty() && connecting == 0) {
      sweep.stop();
      dial.close();
      closed.tryComplete();
    }
  }
}
