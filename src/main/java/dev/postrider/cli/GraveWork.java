package dev.postrider.cli;

import dev.postrider.queue.Grave;
import dev.postrider.queue.Graveyard;
import dev.postrider.queue.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Retries or discards dead or held mail, each at most once, and counts. */
final class GraveWork {

  /** What is done. */
  enum Action {
    RETRY,
    DISCARD
  }

  private final Desk desk;
  private final Plot.Kind kind;
  private final Action action;
  private final GraveWalk walk;
  private int matched;
  private int done;

  GraveWork(Desk desk, Plot.Kind kind, Action action) {
    this.desk = desk;
    this.kind = kind;
    this.action = action;
    this.walk = new GraveWalk(desk);
  }

  int run(GraveChoice choice, OutputOption form) {
    List<String> ids = choice.ids();
    if (choice.all()) {
      walk.visit(
          choice.filter().plots(desk, kind),
          choice.filter().predicate(),
          Integer.MAX_VALUE,
          lot -> act(lot, choice.dryRun()));
    } else {
      List<Plot> plots = choice.filter().plots(desk, kind);
      ids.forEach(id -> act(List.of(found(plots, id)), choice.dryRun()));
    }
    form.print(desk.terminal(), sentence(choice.dryRun()), json());
    return choice.dryRun() || done == matched ? Exit.DONE : Exit.FAILED;
  }

  private Grave found(List<Plot> plots, String id) {
    return walk.find(plots, id)
        .orElseThrow(
            () ->
                new CommandFailed(
                    "No %s mail has the id %s; postrider %s lists those there are."
                        .formatted(kind.word(), id, kind.word())));
  }

  /** A lot may come from several queues. */
  private void act(List<Grave> lot, boolean dryRun) {
    matched += lot.size();
    if (dryRun) {
      return;
    }
    Map<Plot, List<Grave>> plots = new LinkedHashMap<>();
    lot.forEach(grave -> plots.computeIfAbsent(grave.plot(), GraveWork::none).add(grave));
    plots.forEach(this::act);
  }

  private static List<Grave> none(Plot plot) {
    return new ArrayList<>();
  }

  private void act(Plot plot, List<Grave> graves) {
    Graveyard yard = walk.graveyard();
    List<Boolean> verdicts =
        desk.await(action == Action.RETRY ? yard.retry(plot, graves) : yard.discard(plot, graves));
    done += (int) verdicts.stream().filter(Boolean::booleanValue).count();
  }

  private String sentence(boolean dryRun) {
    String verb = action == Action.RETRY ? "put back into the queue" : "discarded";
    return dryRun
        ? "%s mails would be %s".formatted(Figures.of(matched), verb)
        : "%s of %s mails %s".formatted(Figures.of(done), Figures.of(matched), verb);
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("action", action.name().toLowerCase(Locale.ROOT));
    json.put("matched", matched);
    json.put("done", done);
    return json;
  }
}
