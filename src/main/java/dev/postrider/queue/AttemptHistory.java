package dev.postrider.queue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How far a mail has come: what Postrider carries along from attempt to attempt.
 *
 * @param origin id of the entry that the producer wrote; gives the mail its default id and its date
 * @param attempts counted tries so far
 * @param uncountedFailures tries that failed for reasons that are not the mail's own, since the
 *     last counted one
 * @param accepted places (in envelope order) of the recipients whose server already took the mail
 * @param idempotencyKey key given in the HTTP request instead of in the mail; {@code origin} once
 *     the mail's key was judged
 * @param traceparent W3C trace context that the producer's entry carried
 * @param lastReply what the server said last, addresses removed
 */
public record AttemptHistory(
    String origin,
    int attempts,
    int uncountedFailures,
    Set<Integer> accepted,
    Optional<String> idempotencyKey,
    Optional<String> traceparent,
    Optional<String> lastReply) {

  /** Copies the set. */
  public AttemptHistory {
    accepted = Set.copyOf(accepted);
  }

  /** A mail that no worker has tried yet. */
  public static AttemptHistory none(String origin, Optional<String> traceparent) {
    return new AttemptHistory(
        origin, 0, 0, Set.of(), Optional.empty(), traceparent, Optional.empty());
  }

  /** After a try that counts. */
  public AttemptHistory withAttempt(List<Integer> newlyAccepted, Optional<String> reply) {
    return new AttemptHistory(
        origin, attempts + 1, 0, allAccepted(newlyAccepted), idempotencyKey, traceparent, reply);
  }

  /** After a try that failed for reasons that are not the mail's own. */
  public AttemptHistory withUncountedFailure(List<Integer> newlyAccepted, Optional<String> reply) {
    return new AttemptHistory(
        origin,
        attempts,
        uncountedFailures + 1,
        allAccepted(newlyAccepted),
        idempotencyKey,
        traceparent,
        reply);
  }

  /** For a retry by an operator: the tries begin again; recipients that have the mail are kept. */
  public AttemptHistory reset() {
    return new AttemptHistory(origin, 0, 0, accepted, idempotencyKey, traceparent, lastReply);
  }

  /**
   * The same after the mail's idempotency key was judged, which happens once. From then on its key
   * is its origin, which no other mail has: a worker of an earlier version, which judges the key on
   * each attempt, accepts it too.
   */
  public AttemptHistory withKeyJudged() {
    return new AttemptHistory(
        origin, attempts, uncountedFailures, accepted, Optional.of(origin), traceparent, lastReply);
  }

  /** True after {@link #withKeyJudged}. */
  public boolean isKeyJudged() {
    return idempotencyKey.filter(origin::equals).isPresent();
  }

  private Set<Integer> allAccepted(List<Integer> newlyAccepted) {
    Set<Integer> all = new HashSet<>(accepted);
    all.addAll(newlyAccepted);
    return all;
  }
}
