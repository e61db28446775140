package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Refusal;
import dev.postrider.api.reply.MailMoved;
import dev.postrider.queue.Grave;
import dev.postrider.queue.Graveyard;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Retries and discards single dead or held mails, and notes in the log whose token did it. */
@Singleton
final class Gravekeeper {

  private static final Logger LOG = Logger.getLogger(Gravekeeper.class);
  private static final String READY = "ready";
  private static final String DISCARDED = "discarded";

  private final Graveyard graveyard;
  private final Tracer tracer;

  Gravekeeper(Graveyard graveyard, Tracer tracer) {
    this.graveyard = graveyard;
    this.tracer = tracer;
  }

  /**
   * Puts a mail back into its queue; fails with {@link Refusal} if it is not buried in any of them.
   *
   * @param role whose token asks for it
   */
  @CheckReturnValue
  Uni<MailMoved> retry(List<String> queues, String id, String role) {
    return find(queues, id)
        .invoke(Gravekeeper::requireContent)
        .chain(grave -> retry(queues, grave))
        .invoke(moved -> audit(moved, role));
  }

  /** Removes a mail for good; fails as {@link #retry}. */
  @CheckReturnValue
  Uni<MailMoved> discard(List<String> queues, String id, String role) {
    return find(queues, id)
        .chain(grave -> discard(queues, grave))
        .invoke(moved -> audit(moved, role));
  }

  private Uni<Grave> find(List<String> queues, String id) {
    return Uni.join()
        .all(queues.stream().map(queue -> graveyard.find(queue, id)).toList())
        .andFailFast()
        .map(found -> found.stream().flatMap(Optional::stream).findFirst())
        .chain(found -> given(queues, id, found));
  }

  private Uni<Grave> given(List<String> queues, String id, Optional<Grave> found) {
    return found.isPresent() ? Uni.createFrom().item(found.get()) : tracer.refuse(queues, id);
  }

  private static void requireContent(Grave grave) {
    if (grave.octets().isEmpty()) {
      throw Refusal.of(
          Kind.NOT_BURIED, "Nothing of it is left to send: its entry was deleted. Discard it.");
    }
  }

  private Uni<MailMoved> retry(List<String> queues, Grave grave) {
    return graveyard
        .retry(grave.plot(), List.of(grave))
        .chain(done -> moved(done.get(0), READY, queues, grave));
  }

  private Uni<MailMoved> discard(List<String> queues, Grave grave) {
    return graveyard
        .discard(grave.plot(), List.of(grave))
        .chain(done -> moved(done.get(0), DISCARDED, queues, grave));
  }

  /** Somebody else may have been quicker. */
  private Uni<MailMoved> moved(boolean done, String state, List<String> queues, Grave grave) {
    return done
        ? Uni.createFrom()
            .item(
                new MailMoved(
                    grave.mailId(), grave.plot().queue(), grave.plot().kind().word(), state))
        : tracer.refuse(queues, grave.mailId());
  }

  private static void audit(MailMoved mail, String role) {
    LOG.infof(
        "Mail %s of queue %s was %s; the %s token made it %s.",
        mail.id(), mail.queue(), mail.was(), role, mail.state());
  }
}
