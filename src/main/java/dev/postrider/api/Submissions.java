package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Refusal;
import dev.postrider.api.reply.MailAccepted;
import dev.postrider.queue.Acceptance;
import dev.postrider.queue.Gatherer;
import dev.postrider.queue.Submission;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Takes one mail: inspects it and puts it into its queue. */
@Singleton
final class Submissions {

  /** A full queue of a working worker has room again soon. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final Inspector inspector;
  private final Gatherer gatherer;

  Submissions(Inspector inspector, Gatherer gatherer) {
    this.inspector = inspector;
    this.gatherer = gatherer;
  }

  /**
   * Fails with {@link Refusal} if the mail is not taken.
   *
   * @param key of the request, if it has one
   */
  @CheckReturnValue
  Uni<MailAccepted> submit(String queue, byte[] json, Optional<String> key) {
    return Pace.run(json.length, () -> inspector.inspect(json, key))
        .chain(mail -> enqueue(queue, mail));
  }

  private Uni<MailAccepted> enqueue(String queue, Submission mail) {
    return gatherer.enqueue(queue, mail).map(answer -> accepted(queue, answer));
  }

  private static MailAccepted accepted(String queue, Acceptance acceptance) {
    if (acceptance.answer() == Acceptance.Answer.FULL) {
      throw full(queue);
    }
    return new MailAccepted(acceptance.id(), queue);
  }

  static Refusal full(String queue) {
    return Refusal.forNow(
        Kind.QUEUE_FULL,
        "Queue %s holds as many mails as postrider.limits.backlog allows. Try again later."
            .formatted(queue),
        RETRY_AFTER);
  }
}
