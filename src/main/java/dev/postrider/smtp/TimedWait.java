package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Holds the wire while something other than a reply is awaited, and bounds the wait. Fails with
 * {@link ConnectionFailed} when the wait fails or the connection is lost meanwhile.
 */
final class TimedWait<T> implements SmtpConnection.ReplyHandler {

  private final SmtpConnection smtpConnection;
  private final Phase phase;
  private final String what;
  private final Promise<T> promise = Promise.promise();

  private TimedWait(SmtpConnection smtpConnection, Phase phase, String what) {
    this.smtpConnection = smtpConnection;
    this.phase = phase;
    this.what = what;
  }

  /** Waits for {@code work}; {@code what} names it for people. */
  static <T> Future<T> during(
      SmtpConnection smtpConnection, Phase phase, String what, Future<T> work, Duration time) {
    TimedWait<T> timedWait = new TimedWait<>(smtpConnection, phase, what);
    smtpConnection.setHandler(timedWait);
    smtpConnection.setDeadline(what, time);
    work.onSuccess(timedWait::done).onFailure(timedWait::failed);
    return timedWait.promise.future();
  }

  private void done(T result) {
    if (!smtpConnection.hasEnded()) {
      smtpConnection.clearDeadline();
      promise.tryComplete(result);
    }
  }

  private void failed(Throwable failure) {
    promise.tryFail(ConnectionFailed.lost(phase, what + " failed: " + failure.getMessage()));
  }

  @Override
  public void onReply() {
    smtpConnection.abort("the server spoke out of turn");
  }

  @Override
  public void onLost(String cause) {
    promise.tryFail(ConnectionFailed.lost(phase, cause));
  }
}
