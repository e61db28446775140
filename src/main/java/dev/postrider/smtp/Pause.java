package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Holds the wire while something other than a reply is awaited, and bounds the wait. Fails with
 * {@link Unready} when the wait fails or the connection is lost meanwhile.
 */
final class Pause<T> implements Wire.Talk {

  private final Wire wire;
  private final Phase phase;
  private final String what;
  private final Promise<T> promise = Promise.promise();

  private Pause(Wire wire, Phase phase, String what) {
    this.wire = wire;
    this.phase = phase;
    this.what = what;
  }

  /** Waits for {@code work}; {@code what} names it for people. */
  static <T> Future<T> during(Wire wire, Phase phase, String what, Future<T> work, Duration time) {
    Pause<T> pause = new Pause<>(wire, phase, what);
    wire.hold(pause);
    wire.await(what, time);
    work.onSuccess(pause::done).onFailure(pause::failed);
    return pause.promise.future();
  }

  private void done(T result) {
    if (!wire.ended()) {
      wire.rest();
      promise.tryComplete(result);
    }
  }

  private void failed(Throwable failure) {
    promise.tryFail(Unready.lost(phase, what + " failed: " + failure.getMessage()));
  }

  @Override
  public void replied() {
    wire.end("the server spoke out of turn");
  }

  @Override
  public void lost(String cause) {
    promise.tryFail(Unready.lost(phase, cause));
  }
}
