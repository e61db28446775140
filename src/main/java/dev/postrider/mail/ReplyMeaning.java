package dev.postrider.mail;

import java.time.Duration;
import java.util.Optional;

/**
 * What a reply means, or a connection that was lost without one.
 *
 * @param scope what it concerns
 * @param reaction what to do
 * @param delay how long to wait at least, where the rule or the reply says so
 * @param why the reason, as the table gives it
 */
public record ReplyMeaning(Scope scope, Reaction reaction, Optional<Duration> delay, String why) {

  /** Why the mail waits if this decides; empty if it does not wait. */
  public Optional<Reason> reason() {
    return switch (reaction) {
      case RECONNECT -> Optional.of(Reason.CONNECTION);
      case THROTTLE -> Optional.of(usesAttempt() ? Reason.TRANSIENT : Reason.THROTTLED);
      case ROUTE_DOWN -> Optional.of(usesAttempt() ? Reason.TRANSIENT : Reason.ROUTE_DOWN);
      case RETRY, SPLIT -> Optional.of(Reason.TRANSIENT);
      case REFUSE, REFUSE_AND_SUPPRESS -> Optional.empty();
    };
  }

  /**
   * True if the trouble is this mail's own, so that its attempts bound it. A pace is asked of a
   * route or for a domain; every other scope than the route's waits with this mail alone.
   */
  public boolean usesAttempt() {
    return switch (reaction) {
      case RETRY -> true;
      case THROTTLE -> scope != Scope.ROUTE && scope != Scope.DOMAIN;
      case RECONNECT, ROUTE_DOWN -> scope != Scope.ROUTE;
      case SPLIT, REFUSE, REFUSE_AND_SUPPRESS -> false;
    };
  }

  /** True if it is about the way and not about what is said to this mail alone. */
  public boolean isRouteTrouble() {
    return reaction == Reaction.RECONNECT
        || reaction == Reaction.THROTTLE
        || reaction == Reaction.ROUTE_DOWN;
  }

  /** The lower, the more it says about why a mail is not done; from 1. */
  int rank() {
    return switch (reaction) {
      case RETRY -> 1;
      case THROTTLE -> usesAttempt() ? 1 : 2;
      case ROUTE_DOWN -> usesAttempt() ? 1 : 3;
      case RECONNECT -> usesAttempt() ? 1 : 4;
      case SPLIT -> 5;
      case REFUSE, REFUSE_AND_SUPPRESS -> 6;
    };
  }
}
