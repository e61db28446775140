package dev.postrider.worker;

import dev.postrider.guard.GuardedMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.Entry;
import dev.postrider.queue.EntryTime;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.consumer.DeliveryCount.EarlierReader;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to send one mail. Each step of the {@link Pipeline} takes an attempt and returns one;
 * once the outcome is decided, the remaining steps leave it as it is.
 *
 * @param entry as it was read
 * @param attemptHistory the earlier attempts
 * @param mail empty if it could not be read
 * @param startedAt {@link System#nanoTime()} when it was read
 * @param outcome empty until it is decided
 */
public record Attempt(
    Entry entry,
    AttemptHistory attemptHistory,
    Optional<Mail> mail,
    long startedAt,
    Optional<Outcome> outcome) {

  public Attempt withOutcome(Outcome decision) {
    return new Attempt(entry, attemptHistory, mail, startedAt, Optional.of(decision));
  }

  /** There is nothing to send any more. */
  public Outcome skipped(Reason reason) {
    return attemptHistory.done().accepted().isEmpty()
        ? new Outcome.Skipped(reason)
        : new Outcome.SentInPart(reason);
  }

  public boolean isUndecided() {
    return outcome.isEmpty();
  }

  /** True if the server may have the mail and it must not be sent again then. */
  boolean mayAlreadyBeSent() {
    return entry.deliveries().earlierReader() == EarlierReader.LOST_WHILE_SENDING
        && holdsWhenUnknown();
  }

  /** True if the mail must not be sent again while its fate is unknown. */
  boolean holdsWhenUnknown() {
    return mail.filter(known -> known.terms().onUnknown() == Mail.OnUnknown.HOLD).isPresent();
  }

  /** The mail's name in events, history and Message-ID. */
  String mailId() {
    return mail.flatMap(Mail::id).orElse(attemptHistory.origin());
  }

  /** True if it waited in the schedule. */
  boolean wasScheduled() {
    return entry.progress().isPresent() && !attemptHistory.origin().equals(entry.id());
  }

  /**
   * What the Message-ID is made of. Entries of two queues may have the same id, and receivers drop
   * a second mail of one Message-ID; so the name of any queue but the default one is part of it.
   */
  String stampId() {
    boolean unique =
        mail.flatMap(Mail::id).isPresent() || entry.queue().equals(QueueSettings.DEFAULT_QUEUE);
    return unique ? mailId() : mailId() + '.' + entry.queue();
  }

  public GuardedMail forGuards() {
    Mail.Terms terms = mail.orElseThrow().terms();
    return new GuardedMail(
        mailId(),
        attemptHistory.origin(),
        terms,
        attemptHistory.isKeyChecked() ? Optional.empty() : idempotencyKey(),
        wasScheduled() && timeHasCome());
  }

  private Optional<String> idempotencyKey() {
    return attemptHistory
        .idempotencyKey()
        .or(() -> mail.map(Mail::terms).flatMap(Mail.Terms::idempotencyKey));
  }

  /** The history after the guards let the mail start. */
  AttemptHistory checkedHistory() {
    return idempotencyKey().isPresent() ? attemptHistory.withKeyChecked() : attemptHistory;
  }

  /** False for a dead letter that is retried before it is due. */
  private boolean timeHasCome() {
    long storedAt = EntryTime.storedAt(entry.id(), System.currentTimeMillis());
    return mail.flatMap(known -> known.terms().scheduledAt())
        .filter(due -> due.toEpochMilli() > storedAt)
        .isEmpty();
  }

  /**
   * When the mail was accepted, or is due if that is later, in ms; the same on every attempt,
   * unless its producer chose an id that is no time.
   */
  long date() {
    long accepted = EntryTime.storedAt(attemptHistory.origin(), System.currentTimeMillis());
    Optional<Instant> due = mail.flatMap(known -> known.terms().scheduledAt());
    return due.isPresent() ? Math.max(accepted, due.get().toEpochMilli()) : accepted;
  }

  long tookNanos() {
    return System.nanoTime() - startedAt;
  }

  long tookMs() {
    return tookNanos() / 1_000_000;
  }

  /** First attempt: no earlier try, deferral or reclaim. */
  boolean isFirst() {
    return !wasScheduled()
        && entry.deliveries().earlierReader() == EarlierReader.NONE
        && attemptHistory.attempts() + attemptHistory.uncountedFailures() == 0;
  }
}
