package dev.postrider.worker;

import dev.postrider.guard.GuardedMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.Entry;
import dev.postrider.queue.QueueSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * One mail on its way through one attempt. Each step takes a flight and returns one; once the
 * outcome is there, the remaining steps leave it as it is.
 *
 * @param entry as it was read
 * @param attemptHistory of earlier attempts
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

  public Attempt decided(Outcome decision) {
    return new Attempt(entry, attemptHistory, mail, startedAt, Optional.of(decision));
  }

  public boolean undecided() {
    return outcome.isEmpty();
  }

  /** True if the server may have it already and the mail asks not to be resent then. */
  boolean uncertain() {
    return entry.earlierReader() == Entry.EarlierReader.LOST_WHILE_SENDING && holds();
  }

  /** True if it must not be sent again when its fate is unknown. */
  boolean holds() {
    return mail.filter(known -> known.terms().onUnknown() == Mail.OnUnknown.HOLD).isPresent();
  }

  /** The mail's name in events, history and Message-ID. */
  String mailId() {
    return mail.flatMap(Mail::id).orElse(attemptHistory.origin());
  }

  /** True if it comes from the schedule, so that its time has come. */
  boolean waited() {
    return entry.progress().isPresent() && !attemptHistory.origin().equals(entry.id());
  }

  /**
   * What the Message-ID is made of. Entries of two queues may bear the same id, and receivers drop
   * a second mail of one Message-ID; so beyond the default queue its name is part of it.
   */
  String stampId() {
    boolean unique =
        mail.flatMap(Mail::id).isPresent() || entry.queue().equals(QueueSettings.DEFAULT_QUEUE);
    return unique ? mailId() : mailId() + '.' + entry.queue();
  }

  public GuardedMail asCase() {
    Mail.Terms terms = mail.orElseThrow().terms();
    return new GuardedMail(
        mailId(),
        attemptHistory.origin(),
        terms,
        attemptHistory.idempotencyKey().or(terms::idempotencyKey),
        waited() && timeHasCome());
  }

  /** What was buried before it was due and is retried comes early. */
  private boolean timeHasCome() {
    return mail.flatMap(known -> known.terms().scheduledAt())
        .filter(due -> due.toEpochMilli() > entry.storedAt())
        .isEmpty();
  }

  /** When the mail was written, in ms, the same on every attempt: accepted, or due if later. */
  long date() {
    String origin = attemptHistory.origin();
    long accepted = Long.parseLong(origin, 0, origin.indexOf('-'), 10);
    Optional<Instant> due = mail.flatMap(known -> known.terms().scheduledAt());
    return due.isPresent() ? Math.max(accepted, due.get().toEpochMilli()) : accepted;
  }

  long tookNanos() {
    return System.nanoTime() - startedAt;
  }

  long tookMs() {
    return tookNanos() / 1_000_000;
  }

  /** True if nobody has tried it, put it off or died with it before. */
  boolean first() {
    return !waited()
        && entry.earlierReader() == Entry.EarlierReader.NONE
        && attemptHistory.attempts() + attemptHistory.uncountedFailures() == 0;
  }
}
