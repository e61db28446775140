package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Refusal;
import dev.postrider.config.Settings;
import dev.postrider.delivery.Routes;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailCodec;
import dev.postrider.queue.ProgressCodec;
import dev.postrider.queue.Submission;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Looks at mail before it is accepted, with the eyes of the worker: what passes here is not refused
 * as invalid later.
 */
@Singleton
final class Inspector {

  private static final String KEY = "/idempotency_key";

  private final MailCodec codec;
  private final Routes routes;
  private final long sizeMax;
  private final ProgressCodec progressCodec = new ProgressCodec();

  Inspector(MailCodec codec, Routes routes, Settings settings) {
    this.codec = codec;
    this.routes = routes;
    this.sizeMax = settings.limits().mailSize().asLongValue();
  }

  /**
   * @param key of the request, if it has one
   * @throws Refusal if the mail breaks a rule, with the JSON pointer of the fault
   */
  Submission inspect(byte[] json, Optional<String> key) {
    if (json.length > sizeMax) {
      throw Refusal.of(
          Kind.TOO_LARGE, "A mail has at most " + sizeMax + " bytes (postrider.limits.mail-size).");
    }
    try {
      Mail mail = codec.decode(json);
      routes.check(mail);
      return submission(json, mail, key);
    } catch (InvalidMail fault) {
      throw Refusal.at(fault.pointer(), Kind.INVALID_MAIL, fault.getMessage());
    }
  }

  private Submission submission(byte[] json, Mail mail, Optional<String> key) {
    Optional<String> own = mail.terms().idempotencyKey();
    if (own.isPresent() && key.isPresent() && !own.equals(key)) {
      throw Refusal.at(
          KEY, Kind.INVALID_MAIL, "differs from the header Idempotency-Key: send one of them");
    }
    return new Submission(
        json,
        mail.id(),
        own.or(() -> key),
        own.isPresent() ? Optional.empty() : key.map(progressCodec::encodeKey));
  }
}
