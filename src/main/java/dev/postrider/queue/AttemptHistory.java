package dev.postrider.queue;

import dev.postrider.mail.DoneRecipients;
import dev.postrider.mail.Receipt;
import java.util.Optional;

/**
 * How far a mail has come: what Postrider carries along from attempt to attempt.
 *
 * @param origin id of the entry that the producer wrote; gives the mail its default id and its date
 * @param attempts counted tries so far
 * @param uncountedFailures tries that failed for reasons that are not the mail's own, since the
 *     last one that counted or that a server accepted for some recipient
 * @param done recipients that are not asked again
 * @param idempotencyKey key given in the HTTP request instead of in the mail; {@code origin} once
 *     the mail's key was checked
 * @param traceparent W3C trace context that the producer's entry carried
 * @param lastReply what the server said last, addresses removed
 */
public record AttemptHistory(
    String origin,
    int attempts,
    int uncountedFailures,
    DoneRecipients done,
    Optional<String> idempotencyKey,
    Optional<String> traceparent,
    Optional<String> lastReply) {

  /** A mail that no worker has tried yet. */
  public static AttemptHistory none(String origin, Optional<String> traceparent) {
    return new AttemptHistory(
        origin, 0, 0, DoneRecipients.NONE, Optional.empty(), traceparent, Optional.empty());
  }

  /**
   * After one more try.
   *
   * @param counted whether it used up an attempt
   */
  public AttemptHistory with(Receipt receipt, boolean counted) {
    boolean failed = !counted && !receipt.any(Receipt.Fate.ACCEPTED);
    return new AttemptHistory(
        origin,
        counted ? attempts + 1 : attempts,
        failed ? uncountedFailures + 1 : 0,
        done.with(receipt),
        idempotencyKey,
        traceparent,
        receipt.decisiveAnswer().map(Receipt.Answer::line));
  }

  /**
   * For a retry by an operator: the attempts begin again, and recipients that were refused are
   * asked again; those that have the mail are kept.
   */
  public AttemptHistory reset() {
    return new AttemptHistory(
        origin, 0, 0, done.onlyAccepted(), idempotencyKey, traceparent, lastReply);
  }

  /**
   * The same after the mail's idempotency key was checked, which happens once. From then on its key
   * is its origin, which no other mail has: a worker of an earlier version, which checks the key on
   * each attempt, accepts it too.
   */
  public AttemptHistory withKeyChecked() {
    return new AttemptHistory(
        origin, attempts, uncountedFailures, done, Optional.of(origin), traceparent, lastReply);
  }

  /** True after {@link #withKeyChecked}. */
  public boolean isKeyChecked() {
    return idempotencyKey.filter(origin::equals).isPresent();
  }
}
