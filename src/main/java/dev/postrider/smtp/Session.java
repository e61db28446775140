package dev.postrider.smtp;

import dev.postrider.handler.ErrorBoundary;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One connection from its handshake to its end: sends one mail after another until it is exhausted,
 * stale or lost. {@link SessionState} says who owns it.
 */
final class Session {

  private final SmtpPool pool;
  private final SmtpServer server;
  private final LongSupplier clock;
  private final ErrorBoundary boundary;
  private final ServerMemory memory;
  private final SmtpConnection connection;
  private final Lookahead lookahead = new Lookahead();
  private final SessionUse use;
  private SessionState state = SessionState.CONNECTING;
  private TransactionPlans plans; // once the connection is ready
  private PooledMail current; // until it has its result or left for another connection
  private Transaction transaction; // of the current mail, once it has begun
  private boolean lastRefused; // the last mail was not accepted

  Session(
      SmtpPool pool,
      SmtpServer server,
      PoolSupport support,
      ServerMemory memory,
      NetSocket socket) {
    this.pool = pool;
    this.server = server;
    this.clock = support.clock();
    this.memory = memory;
    this.boundary = new ErrorBoundary("smtp", support.errors(), this::failed);
    this.use = new SessionUse(server.limits(), clock, memory.reuse());
    this.connection = new SmtpConnection(socket, clock, boundary, this::ended);
  }

  /** Completes when mail may be sent; otherwise the connection is closed. */
  Future<Session> open() {
    return Future.succeededFuture()
        .compose(now -> new Handshake(connection, server, memory.logins()).run())
        .map(this::ready)
        .onFailure(boundary.handler("handshake", this::notReady));
  }

  private void notReady(Throwable cause) {
    if (cause instanceof ConnectionFailed) {
      close();
    } else {
      boundary.failed("handshake", cause);
    }
  }

  private Session ready(Capabilities capabilities) {
    plans = new TransactionPlans(server.extensions(), memory.workarounds(), capabilities, use);
    becomeIdle(SessionState.IDLE);
    return this;
  }

  private void becomeIdle(SessionState idle) {
    state = state.to(idle);
    use.answered();
    connection.disown();
    connection.clearDeadline();
  }

  private void ended() {
    state = state.to(SessionState.CLOSED);
    pool.connectionEnded(this);
  }

  /** An exception in a handler of ours: the connection ends, and its mails have a result. */
  void failed(Throwable error) {
    String cause = "an error of Postrider itself: " + error.getClass().getName();
    connection.abort(cause);
    if (current != null) { // its transaction could not finish it
      PooledMail mail = current;
      current = null;
      pool.mailFinished(
          this, mail, transaction == null ? notSent(cause) : transaction.lastResult(cause));
    }
    requeueLookahead();
  }

  private static SendResult notSent(String cause) {
    return new SendResult.NotSent(Phase.CONNECTING, cause);
  }

  // --- what the pool asks for

  /** Sends a mail; ends in {@link SmtpPool#mailFinished} or {@link SmtpPool#resend}. */
  void send(PooledMail mail) {
    current = mail;
    transaction = null;
    try {
      begin();
    } catch (RuntimeException | Error error) {
      boundary.failed("send", error);
    }
  }

  private void begin() {
    lastRefused = state == SessionState.IDLE_RESET;
    state = state.to(SessionState.BUSY);
    if (pool.needsRecheck(current)) {
      Recheck.of(current, connection, server.timeouts().connect())
          .onSuccess(boundary.handler("recheck", this::rechecked));
    } else {
      checkStep();
    }
  }

  private void rechecked(Optional<SendResult> refusal) {
    if (current != null) { // it has no result yet
      refusal.ifPresentOrElse(result -> mailFinished(current, result), this::checkStep);
    }
  }

  private void checkStep() {
    if (plans.chunked() && use.needsStepCheck(lastRefused)) {
      StepCheck.of(connection, server).onSuccess(boundary.handler("EHLO", this::stepChecked));
    } else {
      write(lastRefused || (!use.isNew() && server.extensions().reset()));
    }
  }

  private void stepChecked(boolean inStep) {
    if (current == null) {
      return;
    }
    if (inStep) {
      use.foundInStep();
      write(false); // EHLO has reset the transaction
    } else if (current.takeResend()) {
      resendElsewhere(current, true);
    } else {
      closeAfterMail();
      mailFinished(current, notSent("the server was out of step or closed the connection"));
    }
  }

  private void write(boolean reset) {
    use.mailStarted();
    transaction = transaction(current, reset);
    connection.setHandler(transaction);
    transaction.start();
  }

  private Transaction transaction(PooledMail mail, boolean reset) {
    return new Transaction(this, connection, server.timeouts(), mail, plans.of(mail, reset));
  }

  SessionUse use() {
    return use;
  }

  ErrorBoundary boundary() {
    return boundary;
  }

  boolean isIdle() {
    return state.isIdle();
  }

  void checkDeadlines(long now) {
    boundary.run("deadline", () -> endWhatIsLate(now));
  }

  private void endWhatIsLate(long now) {
    if (lookahead.isExpired(now)) {
      closeAfterMail(); // the server would take the next content for that of the removed mail
      pool.requeue(lookahead.takeMail());
    }
    connection.checkDeadline(now);
  }

  /** Sends QUIT and closes once the server has answered, or after {@link Timeouts#quit()}. */
  void quit() {
    boundary.run("quit", this::sayQuit);
  }

  private void sayQuit() {
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

  // --- what the transaction asks for and reports

  /** Learns from each mail whether the extensions work. */
  ExtensionTrial trial() {
    return memory.trial();
  }

  /** The content of the current mail ends now: the envelope of the next one, or nothing. */
  Buffer nextEnvelope() {
    lookahead.contentEnded(clock.getAsLong());
    return server.extensions().lookahead() && lookahead.isAllowed() && !use.isExhausted()
        ? pool.mailForLookahead().flatMap(this::addLookahead).orElse(ContentWriter.EMPTY)
        : ContentWriter.EMPTY;
  }

  private Optional<Buffer> addLookahead(PooledMail next) {
    Optional<Buffer> envelope = Optional.empty();
    try {
      envelope = lookahead.add(next, transaction(next, server.extensions().reset()));
    } finally {
      if (envelope.isPresent()) {
        state = state.to(SessionState.LOOKAHEAD);
      } else {
        pool.requeue(next);
      }
    }
    return envelope;
  }

  /** The current mail needs the connection no more; its result is reported whatever happens. */
  void mailFinished(PooledMail mail, SendResult result) {
    current = null;
    try {
      goOnAfter(result);
    } catch (RuntimeException | Error error) {
      boundary.failed("result", error);
    }
    pool.mailFinished(this, mail, result);
  }

  private void goOnAfter(SendResult result) {
    boolean accepted = result instanceof SendResult.Accepted;
    if (accepted) {
      lookahead.contentAnswered(clock.getAsLong());
    }
    if (!canContinue(accepted)) {
      connection.disown();
      connection.abort("it cannot be used again");
    } else if (state == SessionState.LOOKAHEAD) {
      startLookahead();
    } else if (state == SessionState.BUSY) {
      becomeIdle(accepted ? SessionState.IDLE : SessionState.IDLE_RESET);
    }
    requeueLookahead();
  }

  private void requeueLookahead() {
    if (lookahead.hasMail()) {
      pool.requeue(lookahead.takeMail());
    }
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
    use.answered();
    use.mailStarted();
    current = lookahead.mail();
    transaction = lookahead.takeTransaction();
    connection.setHandler(transaction);
    transaction.startAfterEnvelope();
  }

  /** The server has closed the connection, if stale before the mail came; it is not sent. */
  void resendElsewhere(PooledMail mail, boolean stale) {
    current = null;
    connection.disown();
    connection.abort("the server had closed it");
    pool.resend(mail, stale);
  }

  /** The server would misread another mail, or closes the connection. */
  void closeAfterMail() {
    if (state == SessionState.BUSY || state == SessionState.LOOKAHEAD) {
      state = state.to(SessionState.BUSY_LAST);
    }
  }
}
