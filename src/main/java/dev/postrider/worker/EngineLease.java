package dev.postrider.worker;

import dev.postrider.worker.lease.Heartbeat;
import dev.postrider.worker.lease.Reclaimer;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.function.Consumer;

/** Keeps the lease of one engine and reclaims the mail of consumers without one. */
final class EngineLease {

  private final Heartbeat heartbeat;
  private final Reclaimer reclaimer;
  private Cancellable renewing = () -> {};
  private Cancellable reclaiming = () -> {};

  EngineLease(Heartbeat heartbeat, Reclaimer reclaimer) {
    this.heartbeat = heartbeat;
    this.reclaimer = reclaimer;
  }

  /**
   * @param onBug called if one of the two stopped, which must never happen
   */
  void start(Consumer<Throwable> onBug) {
    renewing = heartbeat.renewals().subscribe().with(renewed -> {}, onBug);
    reclaiming = reclaimer.checks().subscribe().with(checked -> {}, onBug);
  }

  /** Renews at once; emits when the lease of every queue is there. */
  @CheckReturnValue
  Uni<Void> renew() {
    return heartbeat.renew();
  }

  boolean holds() {
    return heartbeat.holdsLease();
  }

  /** No final dot is sent any more; the lease is renewed until it is given back. */
  void endTerms() {
    heartbeat.endTerms();
  }

  /** Takes over no more mail. */
  void stopReclaiming() {
    reclaiming.cancel();
  }

  /** The lease is renewed no more. */
  void stop() {
    renewing.cancel();
    reclaiming.cancel();
  }

  /** Gives the lease back: what is still pending may be reclaimed. Never fails. */
  @CheckReturnValue
  Uni<Void> release() {
    return heartbeat.release();
  }
}
