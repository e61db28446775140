package dev.postrider.api.mails;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.mail.NameRules;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterSearch;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.schedule.ScheduledMails;
import dev.postrider.schedule.ScheduledMails.ScheduledMail;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pages through several queues as if they were one list; the cursor holds the position. */
@Singleton
final class MailPages {

  /** The state of mail that waits for its due time, deferred mail included. */
  static final String SCHEDULED = "scheduled";

  /** Most mails of one page. */
  static final int PAGE_MAX = 1_000;

  private static final Pattern SCHEDULED_CURSOR =
      Pattern.compile(
          "(" + NameRules.QUEUE + ")/scheduled(?:/(\\d{1,15})/([A-Za-z0-9._:#-]{1,192}))?");

  private final DeadLetterSearch deadLetterSearch;
  private final ScheduledMails scheduledMails;

  MailPages(DeadLetterSearch deadLetterSearch, ScheduledMails scheduledMails) {
    this.deadLetterSearch = deadLetterSearch;
    this.scheduledMails = scheduledMails;
  }

  /**
   * A page.
   *
   * @param mails of several queues
   * @param next cursor of the next page; empty on the last one
   */
  record Page<T>(List<T> mails, Optional<String> next) {}

  /**
   * Dead or held mail, queue by queue, the newest first.
   *
   * @param cursor of an earlier page; fails with {@link ProblemException} if it is invalid
   */
  @CheckReturnValue
  Uni<Page<DeadLetter>> deadLetters(
      List<DeadLetterStream> streams,
      Predicate<DeadLetter> wanted,
      Optional<String> cursor,
      int atMost) {
    Optional<DeadLetterSearch.Cursor> from = cursor.map(text -> searchCursor(streams, text));
    return deadLetterSearch
        .search(streams, from, wanted, atMost)
        .map(
            result ->
                new Page<>(result.deadLetters(), result.next().map(DeadLetterSearch.Cursor::text)));
  }

  private static DeadLetterSearch.Cursor searchCursor(List<DeadLetterStream> streams, String text) {
    return DeadLetterSearch.Cursor.parse(text)
        .filter(place -> streams.contains(place.stream()))
        .orElseThrow(MailPages::invalidCursor);
  }

  /** Scheduled mail, queue by queue, the earliest due time first. */
  @CheckReturnValue
  Uni<Page<ScheduledMail>> scheduled(List<String> queues, Optional<String> cursor, int atMost) {
    Cursor at =
        cursor.map(text -> scheduleCursor(queues, text)).orElseGet(() -> Cursor.at(queues.get(0)));
    return collect(queues, at, atMost, new ArrayList<>());
  }

  /** Ends because every step fills the page or goes to the next queue. */
  private Uni<Page<ScheduledMail>> collect(
      List<String> queues, Cursor at, int atMost, List<ScheduledMail> found) {
    int wanted = atMost - found.size();
    return scheduledMails
        .page(at.queue(), at.after(), wanted)
        .invoke(found::addAll)
        .chain(page -> next(queues, at, found, wanted - page.size()));
  }

  private Uni<Page<ScheduledMail>> next(
      List<String> queues, Cursor at, List<ScheduledMail> found, int missing) {
    Optional<Cursor> next =
        missing == 0
            ? Optional.of(new Cursor(at.queue(), Optional.of(found.get(found.size() - 1))))
            : queues.stream().skip(queues.indexOf(at.queue()) + 1L).findFirst().map(Cursor::at);
    return next.isEmpty() || missing == 0
        ? Uni.createFrom().item(new Page<>(found, next.map(Cursor::text)))
        : collect(queues, next.get(), found.size() + missing, found);
  }

  private static Cursor scheduleCursor(List<String> queues, String text) {
    Matcher matcher = SCHEDULED_CURSOR.matcher(text);
    if (!matcher.matches() || !queues.contains(matcher.group(1))) {
      throw invalidCursor();
    }
    String queue = matcher.group(1);
    return matcher.group(2) == null
        ? Cursor.at(queue)
        : new Cursor(
            queue,
            Optional.of(
                new ScheduledMail(queue, matcher.group(3), Long.parseLong(matcher.group(2)))));
  }

  private static ProblemException invalidCursor() {
    return ProblemException.of(
        ProblemType.INVALID_REQUEST,
        "The cursor does not belong to this list: send \"next\" of the previous page.");
  }

  /** A position in the schedules. */
  private record Cursor(String queue, Optional<ScheduledMail> after) {

    static Cursor at(String queue) {
      return new Cursor(queue, Optional.empty());
    }

    String text() {
      String place = after.map(mail -> "/" + mail.due() + "/" + mail.member()).orElse("");
      return queue + "/" + SCHEDULED + place;
    }
  }
}
