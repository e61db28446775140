package dev.postrider.worker.admission;

import dev.postrider.delivery.route.RouteHealth;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.RouteTrouble;
import dev.postrider.mail.Scope;
import dev.postrider.worker.Attempt;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Lets the mail of one route through or parks it, and reports how each try ended. */
final class RouteGate {

  private final RouteHealth health;
  private final SlotShares.Share share;
  private final Function<Attempt, Uni<Attempt>> process;

  RouteGate(RouteHealth health, SlotShares.Share share, Function<Attempt, Uni<Attempt>> process) {
    this.health = health;
    this.share = share;
    this.process = process;
  }

  /** Emits the attempt with its outcome; empty if there is a slot for it in a moment. */
  @CheckReturnValue
  Optional<Uni<Attempt>> enter(Attempt attempt) {
    return switch (health.enter()) {
      case PARK -> Optional.of(park(attempt));
      case PROBE -> Optional.of(run(attempt, true));
      case TRY ->
          switch (share.room()) {
            case FREE -> Optional.of(run(attempt, false));
            case SOON -> Optional.empty();
            case NONE -> Optional.of(park(attempt));
          };
    };
  }

  /** Emits the attempt as one that was not tried. */
  @CheckReturnValue
  Uni<Attempt> park(Attempt attempt) {
    return Uni.createFrom()
        .item(attempt.withOutcome(new Outcome.Parked(health.park(2 * share.recent()))));
  }

  private Uni<Attempt> run(Attempt attempt, boolean probe) {
    share.take();
    return process.apply(attempt).map(done -> ended(done, probe));
  }

  private Attempt ended(Attempt done, boolean probe) {
    Outcome outcome = done.outcome().orElseThrow();
    Optional<RouteTrouble> trouble = trouble(outcome);
    boolean answered = isAnswered(outcome, trouble.isPresent());
    share.release(answered);
    if (answered) {
      health.succeeded();
      return done;
    }
    if (trouble.isPresent()) {
      Outcome.Deferred deferred = (Outcome.Deferred) outcome;
      Optional<Duration> wait = health.failed(trouble.get(), done.startedAt(), probe);
      return again(done, deferred.after(wait.orElse(deferred.delay())));
    }
    if (probe) {
      health.probeUndecided();
    }
    return outcome instanceof Outcome.Parked
        ? done.withOutcome(new Outcome.Parked(health.park(2 * share.recent())))
        : done;
  }

  /** True if the server answered for the mail's own sake: it took it, or refused this very mail. */
  private static boolean isAnswered(Outcome outcome, boolean troubled) {
    return outcome
        .receiptIfAny()
        .filter(receipt -> troubled ? receipt.any(Receipt.Fate.ACCEPTED) : hasAnswer(receipt))
        .isPresent();
  }

  private static boolean hasAnswer(Receipt receipt) {
    for (Receipt.Answer answer : receipt.answers()) {
      if (answer.fate() == Receipt.Fate.ACCEPTED || answer.reply().isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<RouteTrouble> trouble(Outcome outcome) {
    return outcome instanceof Outcome.Deferred deferred
        ? deferred.trouble().filter(each -> each.scope() == Scope.ROUTE)
        : Optional.empty();
  }

  /** A mail that waits for its route is told of once, not once per try. */
  private static Attempt again(Attempt done, Outcome.Deferred deferred) {
    boolean told = done.attemptHistory().uncountedFailures() > 0 && !deferred.counted();
    return done.withOutcome(
        told ? new Outcome.Parked(deferred.delay(), Optional.of(deferred)) : deferred);
  }

  /** Slots that the route holds beyond its share. */
  int excess() {
    return share.excess();
  }
}
