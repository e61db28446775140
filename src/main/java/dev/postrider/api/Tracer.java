package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Refusal;
import dev.postrider.api.reply.MailCancelled;
import dev.postrider.api.reply.MailReply;
import dev.postrider.event.Timeline;
import dev.postrider.guard.Guards;
import dev.postrider.queue.Finder;
import dev.postrider.queue.Finding;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds single mails and cancels them. */
@Singleton
final class Tracer {

  private static final String NOT_KNOWN =
      "No queue knows this mail: it was never accepted, it ended so long ago that its timeline is"
          + " gone, or no worker has looked at it yet.";

  private final Finder finder;
  private final Guards guards;

  Tracer(Finder finder, Guards guards) {
    this.finder = finder;
    this.guards = guards;
  }

  /** State and timeline; fails with {@link Refusal} if none of the queues knows the mail. */
  @CheckReturnValue
  Uni<MailReply> trace(List<String> queues, String id) {
    return find(queues, id)
        .map(found -> found.orElseThrow(Tracer::notKnown))
        .map(finding -> reply(id, finding));
  }

  /**
   * Cancels a mail wherever it waits. One that nobody knows yet is cancelled when it comes; fails
   * with {@link Refusal} if it has ended.
   */
  @CheckReturnValue
  Uni<MailCancelled> cancel(List<String> queues, String id) {
    return find(queues, id).map(Tracer::open).call(state -> guards.cancel(id)).map(cancelled(id));
  }

  /**
   * Fails with {@link Refusal} in any case: the mail is unknown, or its state is not what it should
   * be for what was asked.
   */
  @CheckReturnValue
  <T> Uni<T> refuse(List<String> queues, String id) {
    return trace(queues, id).map(Tracer::notBuried).chain(Uni.createFrom()::failure);
  }

  private static Refusal notBuried(MailReply mail) {
    return Refusal.of(Kind.NOT_BURIED, "Its state is %s.".formatted(mail.state()));
  }

  private static Refusal notKnown() {
    return Refusal.of(Kind.UNKNOWN_MAIL, NOT_KNOWN);
  }

  private static Function<State, MailCancelled> cancelled(String id) {
    return state -> new MailCancelled(id, state.word(), true);
  }

  private static State open(Optional<Finding> found) {
    State state = found.map(Tracer::state).orElse(State.UNKNOWN);
    if (state.ended()) {
      throw Refusal.of(Kind.ALREADY_ENDED, "Its state is %s.".formatted(state.word()));
    }
    return state;
  }

  private Uni<Optional<Finding>> find(List<String> queues, String id) {
    return Uni.join()
        .all(queues.stream().map(queue -> finder.find(queue, id)).toList())
        .andFailFast()
        .map(findings -> findings.stream().filter(Finding::known).findFirst());
  }

  private static State state(Finding finding) {
    return State.of(finding, Timeline.read(finding.timeline()));
  }

  private static MailReply reply(String id, Finding finding) {
    Timeline timeline = Timeline.read(finding.timeline());
    return MailReply.of(id, State.of(finding, timeline).word(), finding, timeline);
  }
}
