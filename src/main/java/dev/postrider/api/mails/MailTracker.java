package dev.postrider.api.mails;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.api.reply.MailCancelled;
import dev.postrider.api.reply.MailReply;
import dev.postrider.event.Timeline;
import dev.postrider.guard.Guards;
import dev.postrider.queue.admin.MailLocation;
import dev.postrider.queue.admin.MailLookup;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds single mails and cancels them. */
@Singleton
final class MailTracker {

  private static final String UNKNOWN_MAIL =
      "No queue has this mail: it was never accepted, its timeline has been deleted since it ended,"
          + " or no worker has read it yet.";

  private final MailLookup mailLookup;
  private final Guards guards;

  MailTracker(MailLookup mailLookup, Guards guards) {
    this.mailLookup = mailLookup;
    this.guards = guards;
  }

  /** State and timeline; fails with {@link ProblemException} if none of the queues has the mail. */
  @CheckReturnValue
  Uni<MailReply> track(List<String> queues, String id) {
    return mailLookup
        .find(queues, id)
        .map(found -> found.orElseThrow(MailTracker::unknownMail))
        .map(mailLocation -> reply(id, mailLocation));
  }

  /**
   * Cancels a mail that has not ended; an unknown one is cancelled when it arrives. Fails with
   * {@link ProblemException} if it has ended.
   */
  @CheckReturnValue
  Uni<MailCancelled> cancel(List<String> queues, String id) {
    return mailLookup
        .find(queues, id)
        .map(MailTracker::requireOpen)
        .call(mailState -> guards.cancel(id))
        .map(cancelled(id));
  }

  /**
   * Always fails with {@link ProblemException}: the mail is unknown, or it is not a dead letter.
   */
  @CheckReturnValue
  <T> Uni<T> refuse(List<String> queues, String id) {
    return track(queues, id).map(MailTracker::notDeadLetter).chain(Uni.createFrom()::failure);
  }

  private static ProblemException notDeadLetter(MailReply mail) {
    return ProblemException.of(
        ProblemType.NOT_DEAD_LETTER, "Its state is %s.".formatted(mail.state()));
  }

  private static ProblemException unknownMail() {
    return ProblemException.of(ProblemType.UNKNOWN_MAIL, UNKNOWN_MAIL);
  }

  private static Function<MailState, MailCancelled> cancelled(String id) {
    return mailState -> new MailCancelled(id, mailState.word(), true);
  }

  private static MailState requireOpen(Optional<MailLocation> found) {
    MailState mailState = found.map(MailTracker::state).orElse(MailState.UNKNOWN);
    if (mailState.ended()) {
      throw ProblemException.of(
          ProblemType.ALREADY_ENDED, "Its state is %s.".formatted(mailState.word()));
    }
    return mailState;
  }

  private static MailState state(MailLocation mailLocation) {
    return MailState.of(mailLocation, Timeline.parse(mailLocation.timeline()));
  }

  private static MailReply reply(String id, MailLocation mailLocation) {
    Timeline timeline = Timeline.parse(mailLocation.timeline());
    return MailReply.of(id, MailState.of(mailLocation, timeline).word(), mailLocation, timeline);
  }
}
