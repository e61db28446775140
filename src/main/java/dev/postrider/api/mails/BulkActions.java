package dev.postrider.api.mails;

import dev.postrider.api.mails.BulkRequest.Action;
import dev.postrider.api.reply.BulkReply;
import dev.postrider.guard.Guards;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import dev.postrider.schedule.ScheduledMails.ScheduledMail;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Applies one action to many mails; each call is bounded and returns a cursor for the next. */
@Singleton
final class BulkActions {

  private static final Logger LOG = Logger.getLogger(BulkActions.class);

  private final MailPages mailPages;
  private final DeadLetters deadLetters;
  private final Guards guards;

  BulkActions(MailPages mailPages, DeadLetters deadLetters, Guards guards) {
    this.mailPages = mailPages;
    this.deadLetters = deadLetters;
    this.guards = guards;
  }

  /**
   * Acts on at most {@link MailPages#PAGE_MAX} mails.
   *
   * @param queues that the filter names
   * @param role of the caller's token
   */
  @CheckReturnValue
  Uni<BulkReply> run(List<String> queues, BulkRequest request, String role) {
    Uni<BulkReply> done =
        request.action() == Action.CANCEL
            ? cancel(queues, request)
            : retryOrDiscard(queues, request);
    return done.invoke(reply -> audit(reply, queues, role));
  }

  private Uni<BulkReply> cancel(List<String> queues, BulkRequest request) {
    return mailPages
        .scheduled(queues, request.cursor(), MailPages.PAGE_MAX)
        .chain(page -> cancel(request, page));
  }

  private Uni<BulkReply> cancel(BulkRequest request, MailPages.Page<ScheduledMail> page) {
    List<String> ids = page.mails().stream().map(ScheduledMail::mailId).distinct().toList();
    Uni<Void> cancelled = request.dryRun() ? Uni.createFrom().voidItem() : guards.cancelAll(ids);
    int changed = request.dryRun() ? 0 : page.mails().size();
    return cancelled.replaceWith(() -> reply(request, page.mails().size(), changed, page.next()));
  }

  private Uni<BulkReply> retryOrDiscard(List<String> queues, BulkRequest request) {
    List<DeadLetterStream> streams =
        queues.stream().flatMap(queue -> streams(queue, request).stream()).toList();
    return mailPages
        .deadLetters(streams, request.filter()::matches, request.cursor(), MailPages.PAGE_MAX)
        .chain(page -> act(request, page));
  }

  private static List<DeadLetterStream> streams(String queue, BulkRequest request) {
    return request.filter().kinds().stream()
        .map(kind -> new DeadLetterStream(queue, kind))
        .toList();
  }

  private Uni<BulkReply> act(BulkRequest request, MailPages.Page<DeadLetter> page) {
    List<List<DeadLetter>> batches =
        request.dryRun() ? List.of() : DeadLetters.batches(page.mails());
    return Multi.createFrom()
        .iterable(batches)
        .onItem()
        .transformToUniAndConcatenate(batch -> act(request.action(), batch))
        .collect()
        .with(Collectors.summingInt(Integer::intValue))
        .map(changed -> reply(request, page.mails().size(), changed, page.next()));
  }

  private Uni<Integer> act(Action action, List<DeadLetter> batch) {
    DeadLetterStream stream = batch.get(0).stream();
    Uni<List<Boolean>> done =
        action == Action.RETRY
            ? deadLetters.retry(stream, batch)
            : deadLetters.discard(stream, batch);
    return done.map(verdicts -> (int) verdicts.stream().filter(Boolean::booleanValue).count());
  }

  private static BulkReply reply(
      BulkRequest request, int matched, int changed, Optional<String> next) {
    return new BulkReply(
        request.action().word(), request.dryRun(), matched, changed, next.orElse(null));
  }

  private static void audit(BulkReply reply, List<String> queues, String role) {
    if (!reply.dryRun()) {
      LOG.infof(
          "Bulk %s of %d mail(s) in %s by the %s token.",
          reply.action(), reply.changed(), String.join(", ", queues), role);
    }
  }
}
