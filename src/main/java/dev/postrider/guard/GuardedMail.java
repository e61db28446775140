package dev.postrider.guard;

import dev.postrider.mail.Mail;
import java.util.Optional;

/**
 * A mail before the guards.
 *
 * @param mailId its name; the topic {@code mail/<mailId>} cancels it
 * @param origin the entry its producer wrote; tells two mails with one idempotency key apart
 * @param terms when and on which conditions it is sent
 * @param idempotencyKey of the mail itself or of the HTTP request that brought it
 * @param wasScheduled true if it was in the schedule already, so that its time has come
 */
public record GuardedMail(
    String mailId,
    String origin,
    Mail.Terms terms,
    Optional<String> idempotencyKey,
    boolean wasScheduled) {

  String keyOwner() {
    return origin + ' ' + mailId;
  }
}
