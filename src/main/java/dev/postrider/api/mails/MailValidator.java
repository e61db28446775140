package dev.postrider.api.mails;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.config.Settings;
import dev.postrider.delivery.Routes;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.enqueue.EnqueueRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Checks mail before it is accepted, by the rules of the worker: a mail that passes is not refused
 * as invalid later.
 */
@Singleton
final class MailValidator {

  private static final String KEY_POINTER = "/idempotency_key";

  private final MailCodec codec;
  private final Routes routes;
  private final long sizeMax;
  private final AttemptHistoryCodec attemptHistoryCodec = new AttemptHistoryCodec();

  MailValidator(MailCodec codec, Routes routes, Settings settings) {
    this.codec = codec;
    this.routes = routes;
    this.sizeMax = settings.limits().mailSize().asLongValue();
  }

  /**
   * @param key idempotency key of the request
   * @throws ProblemException if the mail breaks a rule, with the JSON pointer of the fault
   */
  EnqueueRequest validate(byte[] json, Optional<String> key) {
    if (json.length > sizeMax) {
      throw ProblemException.of(
          ProblemType.TOO_LARGE,
          "A mail may have at most " + sizeMax + " bytes (postrider.limits.mail-size).");
    }
    try {
      Mail mail = codec.decode(json);
      routes.check(mail);
      return request(json, mail, key);
    } catch (InvalidMail fault) {
      throw ProblemException.at(fault.pointer(), ProblemType.INVALID_MAIL, fault.getMessage());
    }
  }

  private EnqueueRequest request(byte[] json, Mail mail, Optional<String> key) {
    Optional<String> own = mail.terms().idempotencyKey();
    if (own.isPresent() && key.isPresent() && !own.equals(key)) {
      throw ProblemException.at(
          KEY_POINTER,
          ProblemType.INVALID_MAIL,
          "differs from the header Idempotency-Key: send one of them");
    }
    return new EnqueueRequest(
        json,
        mail.id(),
        own.or(() -> key),
        own.isPresent() ? Optional.empty() : key.map(attemptHistoryCodec::encodeKey));
  }
}
