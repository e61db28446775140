package dev.postrider.queue.enqueue;

/**
 * What the queue says to a submission.
 *
 * @param answer whether the mail is in the queue
 * @param id the mail's; empty if the queue is full
 */
public record EnqueueResult(Answer answer, String id) {

  /** Whether a mail was taken. */
  public enum Answer {
    /** It is in the queue. */
    ACCEPTED,
    /** A mail with the same idempotency key was taken before; this one was left aside. */
    DUPLICATE,
    /** The queue holds as many mails as it may; try again later. */
    FULL
  }

  static EnqueueResult read(long code, String id) {
    Answer answer = code == 1 ? Answer.ACCEPTED : code == 0 ? Answer.DUPLICATE : Answer.FULL;
    return new EnqueueResult(answer, id);
  }
}
