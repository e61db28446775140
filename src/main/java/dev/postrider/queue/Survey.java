package dev.postrider.queue;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks over several plots of the graveyard and picks graves; bounded, so that one who asks for a
 * needle comes back with a place to go on from instead of keeping Redis busy.
 */
public final class Survey {

  /** Graves looked at in one walk, whether they are wanted or not. */
  private static final int LOOKED_AT_MAX = 5_000;

  private final Graveyard graveyard;

  public Survey(Graveyard graveyard) {
    this.graveyard = graveyard;
  }

  /**
   * A place on the walk.
   *
   * @param plot where to go on
   * @param after the last entry seen there; empty to begin with its newest
   */
  public record Place(Plot plot, Optional<String> after) {

    private static final Pattern TEXT =
        Pattern.compile("([a-z0-9][a-z0-9._-]{0,62})/(dead|held)(?:/(\\d{1,18}-\\d{1,20}))?");

    /** Reads what {@link #text} wrote; empty if it is anything else. */
    public static Optional<Place> read(String text) {
      Matcher matcher = TEXT.matcher(text);
      return matcher.matches()
          ? Plot.Kind.of(matcher.group(2))
              .map(kind -> new Plot(matcher.group(1), kind))
              .map(plot -> new Place(plot, Optional.ofNullable(matcher.group(3))))
          : Optional.empty();
    }

    /** As text: {@code queue/kind/entry}. */
    public String text() {
      return plot.queue() + '/' + plot.kind().word() + after.map(entry -> "/" + entry).orElse("");
    }
  }

  /**
   * What a walk brought.
   *
   * @param graves that are wanted, plot by plot, the newest first
   * @param next where to go on; empty if everything was seen
   */
  public record Found(List<Grave> graves, Optional<Place> next) {}

  /**
   * Walks on.
   *
   * @param plots all that are walked over, in order
   * @param from where the walk before ended; empty to begin
   * @param atMost wanted graves, at least 1
   * @throws IllegalArgumentException if {@code from} is none of the plots
   */
  @CheckReturnValue
  public Uni<Found> walk(
      List<Plot> plots, Optional<Place> from, Predicate<Grave> wanted, int atMost) {
    if (from.isPresent() && !plots.contains(from.get().plot())) {
      throw new IllegalArgumentException("The walk does not come by there.");
    }
    Walk walk = new Walk(plots, wanted, atMost);
    return walk.goOn(from.or(walk::first));
  }

  /** One walk under way. */
  private final class Walk {

    private final List<Plot> plots;
    private final Predicate<Grave> wanted;
    private final int atMost;
    private final List<Grave> found = new ArrayList<>();
    private int lookedAt;

    Walk(List<Plot> plots, Predicate<Grave> wanted, int atMost) {
      this.plots = plots;
      this.wanted = wanted;
      this.atMost = atMost;
    }

    Optional<Place> first() {
      return plots.stream().findFirst().map(plot -> new Place(plot, Optional.empty()));
    }

    /** Every step looks at a grave or leaves a plot, so the steps are bounded. */
    @CheckReturnValue
    Uni<Found> goOn(Optional<Place> place) {
      boolean enough = found.size() >= atMost || lookedAt >= LOOKED_AT_MAX;
      return place.isEmpty() || enough
          ? Uni.createFrom().item(new Found(found, place))
          : graveyard
              .page(place.get().plot(), place.get().after(), Graveyard.PAGE_MAX)
              .chain(page -> goOn(note(place.get().plot(), page)));
    }

    private Optional<Place> note(Plot plot, Graveyard.Page page) {
      for (Grave grave : page.graves()) {
        if (found.size() >= atMost) {
          return Optional.of(new Place(plot, Optional.of(found.get(atMost - 1).entry())));
        }
        lookedAt++;
        if (wanted.test(grave)) {
          found.add(grave);
        }
      }
      return page.next().isPresent() ? Optional.of(new Place(plot, page.next())) : following(plot);
    }

    private Optional<Place> following(Plot plot) {
      return plots.stream()
          .skip(plots.indexOf(plot) + 1L)
          .findFirst()
          .map(next -> new Place(next, Optional.empty()));
    }
  }
}
