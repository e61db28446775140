package dev.postrider.smtp;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One connection from its handshake to its end: sends one mail after another until it is exhausted,
 * stale or lost. {@link SessionState} says who owns it.
 */
final class Session implements SmtpConnection.ReplyHandler {

  private final SmtpPool pool;
  private final SmtpServer server;
  private final LongSupplier clock;
  private final SmtpConnection connection;
  private final Lookahead lookahead = new Lookahead();
  private final long openedAt;
  private SessionState state = SessionState.CONNECTING;
  private Capabilities offered = Capabilities.NONE;
  private long lastUsedAt;
  private int mails;

  /**
   * @param clock monotonic, in milliseconds
   */
  Session(SmtpPool pool, SmtpServer server, NetSocket socket, LongSupplier clock) {
    this.pool = pool;
    this.server = server;
    this.clock = clock;
    this.connection = new SmtpConnection(socket, clock, this::ended);
    this.openedAt = clock.getAsLong();
  }

  /** Completes when mail may be sent; fails with {@link ConnectionFailed}. */
  Future<Session> open() {
    return new Handshake(connection, server).run().map(this::ready);
  }

  private Session ready(Capabilities capabilities) {
    offered = capabilities;
    becomeIdle(SessionState.IDLE);
    return this;
  }

  private void becomeIdle(SessionState idle) {
    state = state.to(idle);
    lastUsedAt = clock.getAsLong();
    connection.setHandler(this);
    connection.clearDeadline();
  }

  private void ended() {
    state = state.to(SessionState.CLOSED);
    pool.connectionEnded(this);
  }

  // --- what the pool asks for

  /**
   * Sends a mail; ends in {@link SmtpPool#mailFinished} or {@link SmtpPool#resendAfterStale}.
   *
   * @param recheck whether to ask first if the mail is still valid
   */
  void send(PooledMail mail, boolean recheck) {
    boolean reset = state == SessionState.IDLE_RESET || (mails > 0 && server.extensions().reset());
    state = state.to(SessionState.BUSY);
    if (recheck) {
      recheck(mail).onComplete(stillValid -> rechecked(mail, reset, stillValid));
    } else {
      startTransaction(mail, reset);
    }
  }

  private Future<Boolean> recheck(PooledMail mail) {
    return BoundedWait.forWork(
        connection,
        Phase.CONNECTING,
        "the check of a mail that had waited",
        mail.stillValid(),
        server.timeouts().connect());
  }

  private void rechecked(PooledMail mail, boolean reset, AsyncResult<Boolean> stillValid) {
    if (Boolean.TRUE.equals(stillValid.result())) {
      startTransaction(mail, reset);
    } else {
      String cause =
          stillValid.failed() ? stillValid.cause().getMessage() : "it is no longer wanted";
      mailFinished(mail, new SendResult.NotSent(Phase.CONNECTING, cause));
    }
  }

  private void startTransaction(PooledMail mail, boolean reset) {
    mails++;
    Transaction transaction = transaction(mail, reset);
    connection.setHandler(transaction);
    transaction.start();
  }

  private Transaction transaction(PooledMail mail, boolean reset) {
    boolean contentAtOnce =
        !mayBeStale() && !mail.needsIntent() && mail.message().length() <= ContentWriter.SLICE_SIZE;
    TransactionPlan plan = TransactionPlan.of(server.extensions(), offered, contentAtOnce, reset);
    return new Transaction(this, connection, server.timeouts(), mail, plan);
  }

  /** Whether the server may have closed the connection and we do not know it yet. */
  private boolean mayBeStale() {
    return isUnusedFor(clock.getAsLong(), server.limits().staleAfter().toMillis());
  }

  boolean isUnusedFor(long now, long millis) {
    return now - lastUsedAt >= millis;
  }

  /** Whether the limit of mails or of age is reached; one mail is sent in any case. */
  boolean isExhausted() {
    PoolLimits limits = server.limits();
    return mails > 0
        && (mails >= limits.mails() || clock.getAsLong() - openedAt >= limits.age().toMillis());
  }

  boolean isIdle() {
    return state.isIdle();
  }

  long openedAt() {
    return openedAt;
  }

  void checkDeadlines(long now) {
    if (lookahead.isExpired(now)) {
      closeAfterMail(); // the server would take the next content for that of the removed mail
      pool.requeue(lookahead.takeMail());
    }
    connection.checkDeadline(now);
  }

  /** Sends QUIT and closes once the server has answered, or after {@link Timeouts#quit()}. */
  void quit() {
    state = state.to(SessionState.CLOSING);
    connection.setDeadline("QUIT", server.timeouts().quit());
    connection.write(Buffer.buffer("QUIT\r\n"));
  }

  /** Closes without QUIT: the server is not ready for a command. */
  void close() {
    connection.close();
  }

  void abort(String cause) {
    connection.abort(cause);
  }

  // --- what the transaction reports

  /** The content of the current mail ends now: the envelope of the next one, or nothing. */
  Buffer nextEnvelope() {
    lookahead.contentEnded(clock.getAsLong());
    return server.extensions().lookahead() && lookahead.isAllowed() && !isExhausted()
        ? pool.mailForLookahead().flatMap(this::addLookahead).orElse(ContentWriter.EMPTY)
        : ContentWriter.EMPTY;
  }

  private Optional<Buffer> addLookahead(PooledMail next) {
    Optional<Buffer> envelope = lookahead.add(next, transaction(next, server.extensions().reset()));
    if (envelope.isPresent()) {
      state = state.to(SessionState.LOOKAHEAD);
    } else {
      pool.requeue(next);
    }
    return envelope;
  }

  /** The current mail needs the connection no more. */
  void mailFinished(PooledMail mail, SendResult result) {
    boolean accepted = result instanceof SendResult.Accepted;
    if (accepted) {
      lookahead.contentAnswered(clock.getAsLong());
    }
    if (!canContinue(accepted)) {
      connection.setHandler(this);
      connection.abort("it cannot be used again");
    } else if (state == SessionState.LOOKAHEAD) {
      startLookahead();
    } else if (state == SessionState.BUSY) {
      becomeIdle(accepted ? SessionState.IDLE : SessionState.IDLE_RESET);
    }
    if (lookahead.hasMail()) {
      pool.requeue(lookahead.takeMail());
    }
    pool.mailFinished(this, mail, result);
  }

  /** The envelope behind a mail that was not accepted needs RSET before it. */
  private boolean canContinue(boolean accepted) {
    return switch (state) {
      case BUSY -> !connection.hasExtraReplies();
      case LOOKAHEAD -> accepted || server.extensions().reset();
      default -> state == SessionState.CLOSED;
    };
  }

  private void startLookahead() {
    state = state.to(SessionState.BUSY);
    lastUsedAt = clock.getAsLong();
    mails++;
    Transaction next = lookahead.takeTransaction();
    connection.setHandler(next);
    next.startAfterEnvelope();
  }

  /** The connection was stale; nothing of the mail was sent. */
  void resendElsewhere(PooledMail mail) {
    connection.setHandler(this);
    connection.abort("the server had closed it");
    pool.resendAfterStale(mail);
  }

  /** The server would misread another mail, or closes the connection. */
  void closeAfterMail() {
    if (state == SessionState.BUSY || state == SessionState.LOOKAHEAD) {
      state = state.to(SessionState.BUSY_LAST);
    }
  }

  /** Whether this is not the first mail of the connection. */
  boolean isReused() {
    return mails > 1;
  }

  // --- what the server sends while no mail owns the connection

  /** The answer to QUIT, a 421, or a reply without a command. */
  @Override
  public void onReply() {
    connection.close();
  }

  @Override
  public void onLost(String cause) {
    // The connection has reported its end to the pool.
  }
}
