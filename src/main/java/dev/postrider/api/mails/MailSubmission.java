package dev.postrider.api.mails;

import dev.postrider.api.Offload;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.reply.MailAccepted;
import dev.postrider.queue.enqueue.EnqueueBatcher;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Checks one mail and enqueues it. */
@Singleton
final class MailSubmission {

  /** While a worker runs, a full queue has room again soon. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final MailValidator mailValidator;
  private final EnqueueBatcher enqueueBatcher;

  MailSubmission(MailValidator mailValidator, EnqueueBatcher enqueueBatcher) {
    this.mailValidator = mailValidator;
    this.enqueueBatcher = enqueueBatcher;
  }

  /**
   * Fails with {@link ProblemException} if the mail is refused.
   *
   * @param key idempotency key of the request
   */
  @CheckReturnValue
  Uni<MailAccepted> submit(String queue, byte[] json, Optional<String> key) {
    return Offload.run(json.length, () -> mailValidator.validate(json, key))
        .chain(mail -> enqueue(queue, mail));
  }

  private Uni<MailAccepted> enqueue(String queue, EnqueueRequest mail) {
    return enqueueBatcher.enqueue(queue, mail).map(answer -> accepted(queue, answer));
  }

  private static MailAccepted accepted(String queue, EnqueueResult enqueueResult) {
    if (enqueueResult.answer() == EnqueueResult.Answer.FULL) {
      throw full(queue);
    }
    return new MailAccepted(enqueueResult.id(), queue);
  }

  static ProblemException full(String queue) {
    return ProblemException.retryLater(
        ProblemType.QUEUE_FULL,
        "Queue %s has reached postrider.limits.backlog. Try again later.".formatted(queue),
        RETRY_AFTER);
  }
}
