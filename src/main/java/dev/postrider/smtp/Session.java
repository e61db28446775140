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
  private boolean closeAfterMail;
  private boolean hasLookahead; // the next mail is under way already

  Session(SmtpPool pool, SmtpServer server, NetSocket socket) {
    this.pool = pool;
    this.server = server;
    this.smtpConnection = new SmtpConnection(socket, () -> pool.connectionEnded(this));
  }

  /** Completes when mail may be sent; fails with {@link ConnectionFailed}. */
  Future<Void> open() {
    return new Handshake(smtpConnection, server).run().map(this::ready);
  }

  private Void ready(Capabilities capabilities) {
    offered = capabilities;
    becomeIdle();
    return null;
  }

  private void becomeIdle() {
    idleSince = SmtpConnection.now();
    smtpConnection.setHandler(this);
    smtpConnection.clearDeadline();
  }

  /** Sends a mail; ends in {@link SmtpPool#mailFinished} or {@link SmtpPool#resendAfterStale}. */
  void send(PooledMail pooledMail) {
    mails++;
    boolean reset = !clean || (isReused() && server.extensions().reset());
    Transaction transaction = transaction(pooledMail, reset);
    smtpConnection.setHandler(transaction);
    transaction.start();
  }

  private Transaction transaction(PooledMail pooledMail, boolean reset) {
    boolean contentAtOnce =
        !mayBeStale()
            && !pooledMail.needsIntent()
            && pooledMail.message().length() <= ContentWriter.SLICE_SIZE;
    TransactionPlan transactionPlan =
        TransactionPlan.of(server.extensions(), offered, contentAtOnce, reset);
    return new Transaction(this, smtpConnection, server.timeouts(), pooledMail, transactionPlan);
  }

  /** The content in hand ends now: the envelope that leaves behind it, perhaps an empty one. */
  Buffer nextEnvelope() {
    lookahead.contentEnded(SmtpConnection.now());
    return server.extensions().lookahead() && lookahead.isAllowed() && !isExhausted()
        ? pool.mailForLookahead().flatMap(this::addLookahead).orElse(ContentWriter.EMPTY)
        : ContentWriter.EMPTY;
  }

  private Optional<Buffer> addLookahead(PooledMail next) {
    Optional<Buffer> envelope = lookahead.add(next, transaction(next, server.extensions().reset()));
    if (envelope.isEmpty()) {
      pool.requeue(next);
    }
    return envelope;
  }

  /** Asks the owner of a mail that waited long; the connection is kept for it meanwhile. */
  Future<Boolean> recheck(PooledMail pooledMail) {
    return TimedWait.during(
        smtpConnection,
        Phase.CONNECTING,
        "the last look at a mail that had waited",
        pooledMail.stillValid(),
        server.timeouts().connect());
  }

  /** The mail is through with this connection. */
  void mailFinished(PooledMail pooledMail, SendResult result) {
    clean = result instanceof SendResult.Accepted;
    hasLookahead = false;
    if (clean) {
      lookahead.contentAnswered(SmtpConnection.now());
    }
    if (!smtpConnection.hasEnded()) {
      becomeIdle();
      if (closeAfterMail
          || (lookahead.hasMail() ? !canContinue() : smtpConnection.hasExtraReplies())) {
        smtpConnection.abort("it was of no further use");
      }
    }
    if (lookahead.hasMail()) {
      startLookahead();
    }
    pool.mailFinished(this, pooledMail, result);
  }

  /** After a mail that was not accepted the next envelope needs RSET before it. */
  private boolean canContinue() {
    return clean || server.extensions().reset();
  }

  /** The mail that stands behind this one is next, unless the connection is of no use to it. */
  private void startLookahead() {
    if (smtpConnection.hasEnded()) {
      pool.requeue(lookahead.takeMail());
    } else {
      hasLookahead = true;
      mails++;
      Transaction next = lookahead.takeTransaction();
      smtpConnection.setHandler(next);
      next.startAfterEnvelope();
    }
  }

  /** The connection was stale; nothing of the mail was sent. */
  void resendElsewhere(PooledMail pooledMail) {
    smtpConnection.setHandler(this);
    smtpConnection.abort("the server had closed it");
    pool.resendAfterStale(pooledMail);
  }

  /** After the mail in hand the connection is closed. */
  void closeAfterMail() {
    closeAfterMail = true;
  }

  boolean isReused() {
    return mails > 1;
  }

  /** Whether the server may have closed the connection without our knowing yet. */
  private boolean mayBeStale() {
    return SmtpConnection.now() - idleSince >= server.limits().staleAfter().toMillis();
  }

  long openedAt() {
    return openedAt;
  }

  boolean hasEnded() {
    return smtpConnection.hasEnded();
  }

  boolean isUnusedFor(long now, long millis) {
    return now - idleSince >= millis;
  }

  /** Whether the connection has carried or lived enough. One mail it carries in any case. */
  boolean isExhausted() {
    PoolLimits limits = server.limits();
    return mails > 0
        && (mails >= limits.mails() || SmtpConnection.now() - openedAt >= limits.age().toMillis());
  }

  void checkDeadlines(long now) {
    if (lookahead.isExpired(now)) {
      closeAfterMail(); // the server would take the next content for that of the mail taken back
      pool.requeue(lookahead.takeMail());
    }
    smtpConnection.checkDeadline(now);
  }

  /** Whether the next mail is under way already, its envelope having left before. */
  boolean hasLookahead() {
    return hasLookahead;
  }

  /** Says QUIT and closes once the server has answered, or after {@link Timeouts#quit()}. */
  void quit() {
    smtpConnection.setHandler(this);
    smtpConnection.setDeadline("QUIT", server.timeouts().quit());
    smtpConnection.write(Buffer.buffer("QUIT\r\n"));
  }

  /** Closes without a word to a server that is not ready for any. */
  void close() {
    smtpConnection.close();
  }

  void abort(String cause) {
    smtpConnection.abort(cause);
  }

  /** Idle or leaving: the answer to QUIT, a 421, or something nobody asked for. */
  @Override
  public void onReply() {
    smtpConnection.close();
  }

  @Override
  public void onLost(String cause) {
    // The pool was told first, by the wire.
  }
}
