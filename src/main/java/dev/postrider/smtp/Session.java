package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;

/** One connection: made ready once, then given mail after mail until it is worn, stale or lost. */
final class Session implements SmtpConnection.ReplyHandler {

  private final SmtpPool pool;
  private final SmtpServer server;
  private final SmtpConnection smtpConnection;
  private final Lookahead lookahead = new Lookahead();
  private final long openedAt = SmtpConnection.now();
  private Capabilities offered = Capabilities.NONE;
  private long idleSince;
  private int mails;
  private boolean clean = true; // no transaction of ours is open at the server
  private boolean unusable;
  private boolean goesOn; // the next mail is under way already

  Session(SmtpPool pool, SmtpServer server, NetSocket socket) {
    this.pool = pool;
    this.server = server;
    this.smtpConnection = new SmtpConnection(socket, () -> pool.gone(this));
  }

  /** Completes when mail may be sent; fails with {@link ConnectionFailed}. */
  Future<Void> open() {
    return new Handshake(smtpConnection, server).shake().map(this::ready);
  }

  private Void ready(Capabilities capabilities) {
    offered = capabilities;
    idle();
    return null;
  }

  private void idle() {
    idleSince = SmtpConnection.now();
    smtpConnection.hold(this);
    smtpConnection.rest();
  }

  /** Sends a mail; ends in {@link SmtpPool#finished} or {@link SmtpPool#again}. */
  void transmit(PooledMail pooledMail) {
    mails++;
    boolean reset = !clean || (used() && server.extensions().reset());
    Transaction transaction = transaction(pooledMail, reset);
    smtpConnection.hold(transaction);
    transaction.start();
  }

  private Transaction transaction(PooledMail pooledMail, boolean reset) {
    boolean eager =
        !rested() && !pooledMail.notes() && pooledMail.message().length() <= ContentWriter.SLICE;
    TransactionPlan transactionPlan =
        TransactionPlan.of(server.extensions(), offered, eager, reset);
    return new Transaction(this, smtpConnection, server.timers(), pooledMail, transactionPlan);
  }

  /** The content in hand ends now: the envelope that leaves behind it, perhaps an empty one. */
  Buffer lookAhead() {
    lookahead.contentEnds(SmtpConnection.now());
    return server.extensions().lookahead() && lookahead.promising() && !worn()
        ? pool.surplus().flatMap(this::behindContent).orElse(ContentWriter.NOTHING)
        : ContentWriter.NOTHING;
  }

  private Optional<Buffer> behindContent(PooledMail next) {
    Optional<Buffer> envelope =
        lookahead.stand(next, transaction(next, server.extensions().reset()));
    if (envelope.isEmpty()) {
      pool.takeBack(next);
    }
    return envelope;
  }

  /** Asks the owner of a mail that waited long; the connection is kept for it meanwhile. */
  Future<Boolean> recheck(PooledMail pooledMail) {
    return TimedWait.during(
        smtpConnection,
        Phase.CONNECTING,
        "the last look at a mail that had waited",
        pooledMail.stillWanted(),
        server.timers().connect());
  }

  /** The mail is through with this connection. */
  void finished(PooledMail pooledMail, SendResult outcome) {
    clean = outcome instanceof SendResult.Accepted;
    goesOn = false;
    if (clean) {
      lookahead.contentAnswered(SmtpConnection.now());
    }
    if (!smtpConnection.ended()) {
      idle();
      if (unusable || (lookahead.standing() ? !fitToGoOn() : smtpConnection.surplus())) {
        smtpConnection.end("it was of no further use");
      }
    }
    if (lookahead.standing()) {
      goOn();
    }
    pool.finished(this, pooledMail, outcome);
  }

  /** After a mail that was not accepted the next envelope needs RSET before it. */
  private boolean fitToGoOn() {
    return clean || server.extensions().reset();
  }

  /** The mail that stands behind this one is next, unless the connection is of no use to it. */
  private void goOn() {
    if (smtpConnection.ended()) {
      pool.takeBack(lookahead.takeBack());
    } else {
      goesOn = true;
      mails++;
      Transaction next = lookahead.step();
      smtpConnection.hold(next);
      next.follow();
    }
  }

  /** The connection was stale; nothing of the mail was sent. */
  void tryElsewhere(PooledMail pooledMail) {
    smtpConnection.hold(this);
    smtpConnection.end("the server had closed it");
    pool.again(pooledMail);
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
    return SmtpConnection.now() - idleSince >= server.limits().rest().toMillis();
  }

  long openedAt() {
    return openedAt;
  }

  boolean ended() {
    return smtpConnection.ended();
  }

  boolean unusedFor(long now, long millis) {
    return now - idleSince >= millis;
  }

  /** Whether the connection has carried or lived enough. One mail it carries in any case. */
  boolean worn() {
    PoolLimits limits = server.limits();
    return mails > 0
        && (mails >= limits.mails() || SmtpConnection.now() - openedAt >= limits.age().toMillis());
  }

  void check(long now) {
    if (lookahead.overdue(now)) {
      unusable(); // the server would take the next content for that of the mail taken back
      pool.takeBack(lookahead.takeBack());
    }
    smtpConnection.check(now);
  }

  /** Whether the next mail is under way already, its envelope having left before. */
  boolean goesOn() {
    return goesOn;
  }

  /** Says QUIT and closes once the server has answered, or after {@link Timers#quit()}. */
  void leave() {
    smtpConnection.hold(this);
    smtpConnection.await("QUIT", server.timers().quit());
    smtpConnection.write(Buffer.buffer("QUIT\r\n"));
  }

  /** Closes without a word to a server that is not ready for any. */
  void part() {
    smtpConnection.part();
  }

  void end(String cause) {
    smtpConnection.end(cause);
  }

  /** Idle or leaving: the answer to QUIT, a 421, or something nobody asked for. */
  @Override
  public void replied() {
    smtpConnection.part();
  }

  @Override
  public void lost(String cause) {
    // The pool was told first, by the wire.
  }
}
