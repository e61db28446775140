package dev.postrider.api;

import dev.postrider.api.problem.Kind;
import dev.postrider.api.problem.Refusal;
import dev.postrider.queue.Grave;
import dev.postrider.queue.Plot;
import dev.postrider.queue.Survey;
import dev.postrider.schedule.Agenda;
import dev.postrider.schedule.Agenda.Appointment;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the pages of several queues as if they were one list; the cursor knows the place. */
@Singleton
final class Lists {

  /** What waits for its time, deferred mail included. */
  static final String SCHEDULED = "scheduled";

  /** Most mails of one page. */
  static final int PAGE_MAX = 1_000;

  private static final Pattern APPOINTMENT =
      Pattern.compile(
          "([a-z0-9][a-z0-9._-]{0,62})/scheduled(?:/(\\d{1,15})/([A-Za-z0-9._:#-]{1,192}))?");

  private final Survey survey;
  private final Agenda agenda;

  Lists(Survey survey, Agenda agenda) {
    this.survey = survey;
    this.agenda = agenda;
  }

  /**
   * A page.
   *
   * @param mails of several queues
   * @param next cursor of the next page, if there is one
   */
  record Page<T>(List<T> mails, Optional<String> next) {}

  /**
   * Dead or held mail, queue by queue, the newest first.
   *
   * @param cursor of an earlier page; fails with {@link Refusal} if it is none
   */
  @CheckReturnValue
  Uni<Page<Grave>> buried(
      List<Plot> plots, Predicate<Grave> wanted, Optional<String> cursor, int atMost) {
    Optional<Survey.Place> from = cursor.map(text -> place(plots, text));
    return survey
        .walk(plots, from, wanted, atMost)
        .map(found -> new Page<>(found.graves(), found.next().map(Survey.Place::text)));
  }

  private static Survey.Place place(List<Plot> plots, String text) {
    return Survey.Place.read(text)
        .filter(place -> plots.contains(place.plot()))
        .orElseThrow(Lists::noCursor);
  }

  /** Scheduled mail, queue by queue, what is due first first. */
  @CheckReturnValue
  Uni<Page<Appointment>> scheduled(List<String> queues, Optional<String> cursor, int atMost) {
    Stop stop = cursor.map(text -> stop(queues, text)).orElseGet(() -> Stop.at(queues.get(0)));
    return collect(queues, stop, atMost, new ArrayList<>());
  }

  /** Every step fills the page or leaves a queue. */
  private Uni<Page<Appointment>> collect(
      List<String> queues, Stop stop, int atMost, List<Appointment> found) {
    int wanted = atMost - found.size();
    return agenda
        .page(stop.queue(), stop.after(), wanted)
        .invoke(found::addAll)
        .chain(page -> goOn(queues, stop, found, wanted - page.size()));
  }

  private Uni<Page<Appointment>> goOn(
      List<String> queues, Stop stop, List<Appointment> found, int room) {
    Optional<Stop> next =
        room == 0
            ? Optional.of(new Stop(stop.queue(), Optional.of(found.get(found.size() - 1))))
            : queues.stream().skip(queues.indexOf(stop.queue()) + 1L).findFirst().map(Stop::at);
    return next.isEmpty() || room == 0
        ? Uni.createFrom().item(new Page<>(found, next.map(Stop::text)))
        : collect(queues, next.get(), found.size() + room, found);
  }

  private static Stop stop(List<String> queues, String text) {
    Matcher matcher = APPOINTMENT.matcher(text);
    if (!matcher.matches() || !queues.contains(matcher.group(1))) {
      throw noCursor();
    }
    String queue = matcher.group(1);
    return matcher.group(2) == null
        ? Stop.at(queue)
        : new Stop(
            queue,
            Optional.of(
                new Appointment(queue, matcher.group(3), Long.parseLong(matcher.group(2)))));
  }

  private static Refusal noCursor() {
    return Refusal.of(
        Kind.INVALID_REQUEST, "The cursor is none of this list: send what \"next\" said.");
  }

  /** A place in the schedules. */
  private record Stop(String queue, Optional<Appointment> after) {

    static Stop at(String queue) {
      return new Stop(queue, Optional.empty());
    }

    String text() {
      String place = after.map(mail -> "/" + mail.due() + "/" + mail.member()).orElse("");
      return queue + "/" + SCHEDULED + place;
    }
  }
}
