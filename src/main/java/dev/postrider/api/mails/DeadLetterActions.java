package dev.postrider.api.mails;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.reply.MailMoved;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetters;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Retries and discards single dead or held mails, and logs the role of the caller's token. */
@Singleton
final class DeadLetterActions {

  private static final Logger LOG = Logger.getLogger(DeadLetterActions.class);
  private static final String READY = "ready";
  private static final String DISCARDED = "discarded";

  private final DeadLetters deadLetters;
  private final MailTracker mailTracker;

  DeadLetterActions(DeadLetters deadLetters, MailTracker mailTracker) {
    this.deadLetters = deadLetters;
    this.mailTracker = mailTracker;
  }

  /**
   * Puts a mail back into its queue; fails with {@link ProblemException} if it is not a dead letter
   * of these queues.
   *
   * @param role of the caller's token
   */
  @CheckReturnValue
  Uni<MailMoved> retry(List<String> queues, String id, String role) {
    return find(queues, id)
        .invoke(DeadLetterActions::requireContent)
        .chain(deadLetter -> retry(queues, deadLetter))
        .invoke(moved -> audit(moved, role));
  }

  /** Removes a mail for good; fails as {@link #retry}. */
  @CheckReturnValue
  Uni<MailMoved> discard(List<String> queues, String id, String role) {
    return find(queues, id)
        .chain(deadLetter -> discard(queues, deadLetter))
        .invoke(moved -> audit(moved, role));
  }

  private Uni<DeadLetter> find(List<String> queues, String id) {
    return Uni.join()
        .all(queues.stream().map(queue -> deadLetters.find(queue, id)).toList())
        .andFailFast()
        .map(found -> found.stream().flatMap(Optional::stream).findFirst())
        .chain(found -> orRefuse(queues, id, found));
  }

  private Uni<DeadLetter> orRefuse(List<String> queues, String id, Optional<DeadLetter> found) {
    return found.isPresent() ? Uni.createFrom().item(found.get()) : mailTracker.refuse(queues, id);
  }

  private static void requireContent(DeadLetter deadLetter) {
    if (deadLetter.bytes().isEmpty()) {
      throw ProblemException.of(
          ProblemType.NOT_DEAD_LETTER, "Its content is gone: the entry was deleted. Discard it.");
    }
  }

  private Uni<MailMoved> retry(List<String> queues, DeadLetter deadLetter) {
    return deadLetters
        .retry(deadLetter.stream(), List.of(deadLetter))
        .chain(done -> moved(done.get(0), READY, queues, deadLetter));
  }

  private Uni<MailMoved> discard(List<String> queues, DeadLetter deadLetter) {
    return deadLetters
        .discard(deadLetter.stream(), List.of(deadLetter))
        .chain(done -> moved(done.get(0), DISCARDED, queues, deadLetter));
  }

  /** Not done if another caller was faster. */
  private Uni<MailMoved> moved(
      boolean done, String state, List<String> queues, DeadLetter deadLetter) {
    return done
        ? Uni.createFrom()
            .item(
                new MailMoved(
                    deadLetter.mailId(),
                    deadLetter.stream().queue(),
                    deadLetter.stream().kind().word(),
                    state))
        : mailTracker.refuse(queues, deadLetter.mailId());
  }

  private static void audit(MailMoved mail, String role) {
    LOG.infof(
        "Mail %s of queue %s was %s; the %s token made it %s.",
        mail.id(), mail.queue(), mail.was(), role, mail.state());
  }
}
