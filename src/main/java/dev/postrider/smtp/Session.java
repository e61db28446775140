package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** One connection: made ready once, then given mail after mail until it is worn, stale or lost. */
final class Session implements Wire.Talk {

  private final SmtpPool pool;
  private final SmtpServer server;
  private final Wire wire;
  private final long openedAt = Wire.now();
  private Capabilities offered = Capabilities.NONE;
  private long idleSince;
  private int mails;
  private boolean clean = true; // no transaction of ours is open at the server
  private boolean unusable;

  Session(SmtpPool pool, SmtpServer server, NetSocket socket) {
    this.pool = pool;
    this.server = server;
    this.wire = new Wire(socket, () -> pool.gone(this));
  }

  /** Completes when mail may be sent; fails with {@link Unready}. */
  Future<Void> open() {
    return new Handshake(wire, server).shake().map(this::ready);
  }

  private Void ready(Capabilities capabilities) {
    offered = capabilities;
    idle();
    return null;
  }

  private void idle() {
    idleSince = Wire.now();
    wire.hold(this);
    wire.rest();
  }

  /** Sends a mail; ends in {@link SmtpPool#finished} or {@link SmtpPool#again}. */
  void transmit(Parcel parcel) {
    mails++;
    boolean reset = !clean || (used() && server.extensions().reset());
    boolean eager = !rested() && !parcel.notes() && parcel.message().length() <= Outflow.SLICE;
    Plan plan = Plan.of(server.extensions(), offered, eager, reset);
    Transaction transaction = new Transaction(this, wire, server.timers(), parcel, plan);
    wire.hold(transaction);
    transaction.start();
  }

  /** Asks the owner of a mail that waited long; the connection is kept for it meanwhile. */
  Future<Boolean> recheck(Parcel parcel) {
    return Pause.during(
        wire,
        Phase.CONNECTING,
        "the last look at a mail that had waited",
        parcel.stillWanted(),
        server.timers().connect());
  }

  /** The mail is through with this connection. */
  void finished(Parcel parcel, Transmission outcome) {
    clean = outcome instanceof Transmission.Accepted;
    if (!wire.ended()) {
      idle();
      if (unusable || wire.surplus()) {
        wire.end("it was of no further use");
      }
    }
    pool.finished(this, parcel, outcome);
  }

  /** The connection was stale; nothing of the mail was sent. */
  void tryElsewhere(Parcel parcel) {
    wire.hold(this);
    wire.end("the server had closed it");
    pool.again(parcel);
  }

  /** After the mail in hand the connection is closed. */
  void unusable() {
    unusable = true;
  }

  boolean used() {
    return mails > 1;
  }

  /** Whether the server may have closed the connection without our knowing yet. */
  private boolean rested() {
    return Wire.now() - idleSince >= server.limits().rest().toMillis();
  }

  long openedAt() {
    return openedAt;
  }

  boolean ended() {
    return wire.ended();
  }

  boolean unusedFor(long now, long millis) {
    return now - idleSince >= millis;
  }

  /** Whether the connection has carried or lived enough. One mail it carries in any case. */
  boolean worn() {
    PoolLimits limits = server.limits();
    return mails > 0
        && (mails >= limits.mails() || Wire.now() - openedAt >= limits.age().toMillis());
  }

  void check(long now) {
    wire.check(now);
  }

  /** Says QUIT and closes once the server has answered, or after {@link Timers#quit()}. */
  void leave() {
    wire.hold(this);
    wire.await("QUIT", server.timers().quit());
    wire.write(Buffer.buffer("QUIT\r\n"));
  }

  /** Closes without a word to a server that is not ready for any. */
  void part() {
    wire.part();
  }

  void end(String cause) {
    wire.end(cause);
  }

  /** Idle or leaving: the answer to QUIT, a 421, or something nobody asked for. */
  @Override
  public void replied() {
    wire.part();
  }

  @Override
  public void lost(String cause) {
    // The pool was told first, by the wire.
  }
}
