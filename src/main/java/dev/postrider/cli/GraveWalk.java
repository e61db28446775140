package dev.postrider.cli;

import dev.postrider.queue.Grave;
import dev.postrider.queue.Graveyard;
import dev.postrider.queue.Plot;
import dev.postrider.queue.Survey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Walks over the dead or held mail page by page, so that any number of it fits into memory. */
final class GraveWalk {

  private final Desk desk;
  private final Graveyard graveyard;

  GraveWalk(Desk desk) {
    this.desk = desk;
    this.graveyard = new Graveyard(desk.link(), desk.plan().queueSettings());
  }

  Graveyard graveyard() {
    return graveyard;
  }

  /**
   * Visits graves in lots of at most {@value Graveyard#LOT_MAX}, the newest first.
   *
   * @param atMost graves in all
   * @return true if there may be more
   */
  boolean visit(
      List<Plot> plots, Predicate<Grave> wanted, int atMost, Consumer<List<Grave>> visitor) {
    Survey survey = new Survey(graveyard);
    Optional<Survey.Place> place = Optional.empty();
    int left = atMost;
    do {
      Survey.Found found =
          desk.await(survey.walk(plots, place, wanted, Math.min(left, Graveyard.LOT_MAX)));
      visitor.accept(found.graves());
      left -= found.graves().size();
      place = found.next();
    } while (left > 0 && place.isPresent());
    return place.isPresent();
  }

  /** One grave by its mail's id or its entry's; two queues may have entries of the same name. */
  Optional<Grave> find(List<Plot> plots, String id) {
    for (Plot plot : plots) {
      Optional<Grave> found = desk.await(graveyard.find(plot.queue(), id));
      if (found.filter(grave -> grave.plot().equals(plot)).isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
